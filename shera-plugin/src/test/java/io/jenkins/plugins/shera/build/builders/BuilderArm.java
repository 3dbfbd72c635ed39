package io.jenkins.plugins.shera.build.builders;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** One program that builds images, with all commands it was given. */
final class BuilderArm {
    final List<List<String>> commands = new ArrayList<>();
    private final ImageProgram program;
    private final String docker;
    private final Map<String, String> usual;
    private final Path folder;
    private final Path context;
    private final ImagePlace place;

    private BuilderArm(
            BuilderKind kind, String docker, Map<String, String> usual, Path folder, Path context, ImagePlace place) {
        this.folder = folder;
        this.context = context;
        this.place = place;
        this.program = ImageProgram.of(kind);
        this.docker = docker;
        this.usual = usual;
    }

    static BuilderArm of(String name, Path folder, Path context, ImagePlace place) throws Exception {
        if (name.equals("buildah")) {
            DockerRegistry.requireProgram("buildah");
            Path storage = Files.writeString(
                    folder.resolve("storage.conf"),
                    "[storage]\ndriver = \"vfs\"\ngraphroot = \"" + folder.resolve("graph") + "\"\nrunroot = \""
                            + folder.resolve("run") + "\"\n");
            return new BuilderArm(
                    BuilderKind.BUILDAH,
                    "",
                    Map.of("CONTAINERS_STORAGE_CONF", storage.toString(), "BUILDAH_ISOLATION", "chroot"),
                    folder,
                    context,
                    place);
        }
        DockerRegistry.requireProgram("docker");
        BuilderArm classic =
                new BuilderArm(BuilderKind.DOCKER, "docker", Map.of("DOCKER_BUILDKIT", "0"), folder, context, place);
        Assumptions.assumeTrue(
                new ProgramBuild(classic.program, classic.programs(), Map.of()).isThere(),
                "no docker engine answers; DOCKER_HOST names none");
        if (name.equals("docker")) {
            return classic;
        }
        for (String docker : List.of("docker", "/usr/bin/docker")) {
            BuilderArm arm =
                    new BuilderArm(BuilderKind.DOCKER, docker, Map.of("DOCKER_BUILDKIT", "1"), folder, context, place);
            String version = arm.ask("--version");
            if (!arm.ask("buildx", "version").isEmpty() || version.startsWith("Docker version 20.")) {
                return arm;
            }
        }
        return Assumptions.abort("docker has no BuildKit here: the plug-in buildx is not installed");
    }

    /** Buildah 1.28 gives the folders above a file that is copied with --chown to the file's owner, which docker does not. */
    Map<String, String> asItSees(Map<String, String> files) {
        if (program.kind() == BuilderKind.BUILDAH) {
            files.replaceAll((name, file) -> file.startsWith("FOLDER") ? file.replaceAll(" [0-9:]+  $", "") : file);
        }
        return files;
    }

    private String ask(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        try {
            Programs.Outcome outcome = programs().run(command, usual, false);
            return outcome.isGood() ? outcome.output() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private Programs programs() {
        return (command, environment, shown) -> {
            List<String> real = new ArrayList<>(command);
            if (real.get(0).equals("docker")) {
                real.set(0, docker);
            }
            commands.add(real);
            Programs.Outcome outcome = new LocalPrograms(context).run(real, environment, shown);
            if (shown) {
                assertThat(outcome.isGood()).as(real + "\n" + outcome.output()).isTrue();
            }
            return outcome;
        };
    }

    BuiltImage build(Path file, String target, Map<String, String> arguments) throws Exception {
        Path own = Files.createTempDirectory(folder, "own");
        Map<String, String> files = RegistryFiles.of(List.of(place));
        for (Map.Entry<String, String> each : files.entrySet()) {
            Files.writeString(own.resolve(each.getKey()), each.getValue());
        }
        ProgramOrder order = new ProgramOrder(
                file.toString(),
                context.toString(),
                null,
                target,
                null,
                arguments,
                own.toString(),
                "localhost/shera-image-" + own.getFileName().toString().toLowerCase(java.util.Locale.ROOT),
                files.keySet());
        new ProgramBuild(program, programs(), usual).carryOut(order);
        assertThat(programs()
                        .run(List.of(program.kind().text(), "images", "--quiet", order.name()), usual, false)
                        .output())
                .as("nothing is left under its local name")
                .doesNotMatch("(?s)[0-9a-f]{6,}.*");
        return ImageArchive.read(
                Path.of(order.archive()), Files.createTempDirectory(folder, "spool"), BuildersTest.CREATED);
    }
}
