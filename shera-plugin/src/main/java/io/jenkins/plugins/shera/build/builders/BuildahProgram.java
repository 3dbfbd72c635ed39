package io.jenkins.plugins.shera.build.builders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Buildah (buildah-build(1)); in docker's format, as OCI's has no HEALTHCHECK. */
final class BuildahProgram implements ImageProgram {
    @Override
    public BuilderKind kind() {
        return BuilderKind.BUILDAH;
    }

    @Override
    public List<String> probe() {
        return List.of("buildah", "--version");
    }

    @Override
    public Map<String, String> environment(ProgramOrder order) {
        Map<String, String> environment = new TreeMap<>(order.buildArgs());
        if (order.file(RegistryFiles.LOGINS) != null) {
            environment.put("REGISTRY_AUTH_FILE", order.file(RegistryFiles.LOGINS));
        }
        if (order.file(RegistryFiles.REGISTRIES) != null) {
            environment.put("CONTAINERS_REGISTRIES_CONF", order.file(RegistryFiles.REGISTRIES));
        }
        return environment;
    }

    @Override
    public List<String> build(ProgramOrder order) {
        List<String> command =
                new ArrayList<>(List.of("buildah", "build", "--format", "docker", "--layers", "--pull-always"));
        if (order.file(RegistryFiles.AUTHORITIES) != null) {
            command.addAll(List.of("--cert-dir", order.folder()));
        }
        if (order.ignoreFile() != null) {
            command.addAll(List.of("--ignorefile", order.ignoreFile()));
        }
        command.addAll(order.arguments());
        return command;
    }

    @Override
    public List<String> export(ProgramOrder order) {
        return List.of("buildah", "push", "--format", "v2s2", order.name(), "docker-archive:" + order.archive());
    }

    @Override
    public List<String> forget(ProgramOrder order) {
        return List.of("buildah", "rmi", order.name());
    }
}
