package io.jenkins.plugins.shera.build.builders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The docker command line (docs.docker.com/reference/cli/docker/buildx/build); whether BuildKit builds is docker's to decide. */
final class DockerProgram implements ImageProgram {
    @Override
    public BuilderKind kind() {
        return BuilderKind.DOCKER;
    }

    /** Asks the engine, as a client alone builds nothing. */
    @Override
    public List<String> probe() {
        return List.of("docker", "version", "--format", "{{.Server.Version}}");
    }

    @Override
    public Map<String, String> environment(ProgramOrder order) {
        Map<String, String> environment = new TreeMap<>(order.buildArgs());
        if (order.file(RegistryFiles.LOGINS) != null) {
            environment.put("DOCKER_CONFIG", order.folder());
        }
        return environment;
    }

    @Override
    public List<String> build(ProgramOrder order) {
        List<String> command = new ArrayList<>(List.of("docker", "build", "--pull"));
        command.addAll(order.arguments());
        return command;
    }

    @Override
    public List<String> export(ProgramOrder order) {
        return List.of("docker", "save", "--output", order.archive(), order.name());
    }

    @Override
    public List<String> forget(ProgramOrder order) {
        return List.of("docker", "rmi", "--no-prune", order.name());
    }
}
