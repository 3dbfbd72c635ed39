package io.jenkins.plugins.shera.terminal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The docker engine that DOCKER_HOST names, with containers of busybox whose images lie in a registry of their own. */
public final class TestEngine implements AutoCloseable {
    /** The labels of the application's containers. */
    public static final Map<String, String> LABELS =
            Map.of("io.shera.tenant", "retail", "io.shera.application", "shop", "io.shera.environment", "dev");

    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> started = new ArrayList<>();
    private final List<String> pulled = new ArrayList<>();
    private final DockerRegistry registry;
    private final String url;

    /** Opens it, or skips the test with a reason; fails instead where real parts are required. */
    public TestEngine(Path folder) throws Exception {
        String host = System.getenv("DOCKER_HOST");
        boolean there = host != null && EngineAddress.isUnix(host) && Files.isExecutable(BUSYBOX);
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there)
                    .as("DOCKER_HOST names a unix socket, and busybox is installed")
                    .isTrue();
        }
        Assumptions.assumeTrue(there, "no engine: DOCKER_HOST names no unix socket, or there is no " + BUSYBOX);
        url = host;
        registry = DockerRegistry.open(folder);
    }

    /** Its address. */
    public String url() {
        return url;
    }

    public Engine engine() {
        return new Engine(new EngineAddress(url, null), Duration.ofSeconds(30));
    }

    public DockerRegistry registry() {
        return registry;
    }

    public ImageTarget target(String repository) throws IOException {
        return new RegistryClient(registry.address(), RegistryCredentials.NONE).repository(repository);
    }

    /** The name an image has on both ends. */
    public String reference(String repository, String tag) {
        return "localhost:" + registry.port() + "/" + repository + ":" + tag;
    }

    /** An image of busybox with these programs, labels, and so many bytes of ballast. */
    public void image(String repository, String tag, List<String> programs, Map<String, String> labels, Path... ballast)
            throws Exception {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.folder("bin", 0755));
        writer.add(TarEntry.file("bin/busybox", 0755, Files.size(BUSYBOX)), BlobSource.of(BUSYBOX));
        programs.forEach(program -> writer.add(TarEntry.symlink("bin/" + program, "busybox")));
        for (String folder : List.of("etc", "tmp", "app", "app/old")) {
            writer.add(TarEntry.folder(folder, 0777));
        }
        for (String name : List.of("etc/shop.conf", "app/gone.txt", "app/kept.txt", "app/old/a", "app/old/b")) {
            byte[] text = (name + "\n").getBytes(StandardCharsets.UTF_8);
            writer.add(TarEntry.file(name, 0664, text.length).ownedBy(12, 34), BlobSource.of(text));
        }
        for (Path each : ballast) {
            writer.add(TarEntry.file("app/" + each.getFileName(), 0644, Files.size(each)), BlobSource.of(each));
        }
        Path file = Files.createTempFile("engineimg-", ".tar.gz");
        Layer layer = writer.write(file);
        ImageConfig config = ImageConfig.empty(Platform.ofThisMachine());
        config.addLayer(layer.diffId(), "test");
        config.labels(labels);
        config.container()
                .putArray("Entrypoint")
                .add("/bin/busybox")
                .add("sleep")
                .add("1000");
        config.container().putArray("Env").add("PATH=/bin");
        new ImagePush().add(layer).to(target(repository), List.of(tag), config);
        Files.delete(file);
        docker("pull", "-q", reference(repository, tag));
        pulled.add(reference(repository, tag));
    }

    /** Starts a container of an image with labels; its name. */
    public String start(String name, String image, Map<String, String> labels, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "-d", "--network", "none", "--name", name + "-" + mark));
        labels.forEach((key, value) -> command.addAll(List.of("--label", key + "=" + value)));
        command.addAll(List.of(options));
        command.add(image);
        docker(command.toArray(String[]::new));
        started.add(name + "-" + mark);
        return name + "-" + mark;
    }

    /** What a shell script prints in a container. */
    public String sh(String container, String script) throws Exception {
        return docker("exec", container, "/bin/busybox", "sh", "-c", script);
    }

    /** What docker prints. */
    public String docker(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Path out = Files.createTempFile("docker-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            String said = Files.readString(out);
            assertThat(process.exitValue()).as(command + ": " + said).isZero();
            return said;
        } finally {
            Files.delete(out);
        }
    }

    @Override
    public void close() throws Exception {
        for (String name : started) {
            docker("rm", "-f", name);
        }
        for (String name : pulled) {
            docker("rmi", "-f", name);
        }
        registry.close();
    }
}
