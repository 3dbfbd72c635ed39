package io.jenkins.plugins.shera.monitoring.logs;

import io.jenkins.plugins.shera.nodes.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A container of a real docker engine whose log files this process may read and write; closing it removes it. */
public final class DockerContainer implements AutoCloseable {

    private final String name =
            "shera-monitoring-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path folder;
    private Path log;

    private DockerContainer(Path folder) {
        this.folder = folder;
    }

    /** Runs a shell script to its end, with these options of {@code docker run}. */
    public static DockerContainer run(Path folder, String script, String... options)
            throws IOException, InterruptedException {
        Path busybox = Path.of("/bin/busybox");
        boolean there = System.getenv("DOCKER_HOST") != null && Files.isExecutable(busybox);
        if (!there && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1, but DOCKER_HOST is not set or there is no /bin/busybox");
        }
        Assumptions.assumeTrue(there, "needs a docker engine that DOCKER_HOST names, and a static /bin/busybox");
        DockerContainer container = new DockerContainer(folder);
        Path tar = folder.resolve("image.tar");
        container.must(List.of("tar", "-cf", tar.toString(), "-C", "/", "bin/busybox"));
        container.must(List.of("docker", "import", tar.toString(), container.name + ":1"));
        List<String> run = new ArrayList<>(List.of("docker", "run", "--name", container.name, "--network", "none"));
        run.addAll(List.of(options));
        run.addAll(List.of(container.name + ":1", "/bin/busybox", "sh", "-c", script));
        ProcessBuilder process = new ProcessBuilder(run).redirectErrorStream(true);
        process.redirectOutput(folder.resolve("run.out").toFile());
        if (!process.start().waitFor(120, TimeUnit.SECONDS)) {
            throw new IOException("the container did not end");
        }
        container.log = Path.of(container
                .must(List.of("docker", "inspect", "-f", "{{.LogPath}}", container.name))
                .strip());
        Assumptions.assumeTrue(Files.isReadable(container.log), "may not read the engine's files: " + container.log);
        return container;
    }

    /** The live file of its log. */
    public Path log() {
        return log;
    }

    /** What the engine itself gives: standard output, then standard error, each as the bytes of a file. */
    List<byte[]> logs(String... options) throws IOException, InterruptedException {
        return logs(Duration.ofMinutes(2), options);
    }

    /** The same, with as much patience. */
    public List<byte[]> logs(Duration patience, String... options) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("docker", "logs"));
        argv.addAll(List.of(options));
        argv.add(name);
        File out = folder.resolve("logs.out").toFile();
        File error = folder.resolve("logs.err").toFile();
        Process process = new ProcessBuilder(argv)
                .redirectOutput(out)
                .redirectError(error)
                .start();
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("docker logs did not end");
        }
        return List.of(Files.readAllBytes(out.toPath()), Files.readAllBytes(error.toPath()));
    }

    private String must(List<String> argv) throws IOException, InterruptedException {
        Command.Result result = Command.run(argv, folder, Duration.ofSeconds(60));
        if (!result.succeeded()) {
            throw new IOException(argv + ": " + result.output());
        }
        return result.output();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Command.run(List.of("docker", "rm", "-f", name), folder, Duration.ofSeconds(60));
        Command.run(List.of("docker", "rmi", "-f", name + ":1"), folder, Duration.ofSeconds(60));
    }
}
