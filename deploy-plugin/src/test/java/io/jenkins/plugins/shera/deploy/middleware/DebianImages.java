package io.jenkins.plugins.shera.deploy.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * An image that holds nothing but the servers of Debian and what they need, in a registry of this machine that the cluster pulls from.
 * The file is made once and kept in {@code target}.
 */
public final class DebianImages implements AutoCloseable {

    private static final Path KEPT = Path.of("target", "debian-images");
    private static final String NAME = "servers";
    private static final String PACKAGES =
            "mariadb-server,redis-server,redis-tools,rabbitmq-server,dash,bash,coreutils,grep,"
                    + "sed,mawk,findutils,hostname,debianutils,procps,perl-base,libc-bin,util-linux,base-files,login,passwd,tar,gzip";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process registry;
    private final int port;

    private DebianImages(Process registry, int port) {
        this.registry = registry;
        this.port = port;
    }

    /** Starts the registry; skips the test where a program is missing, and fails instead where real parts are required. */
    public static DebianImages open() throws Exception {
        for (String program : List.of("docker-registry", "mmdebstrap")) {
            boolean there = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
                assertThat(there).as(program + " is installed").isTrue();
            }
            Assumptions.assumeTrue(there, program + " is not installed");
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path folder = Files.createDirectories(KEPT);
        Path config = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\n"
                        + "log: {level: error, accesslog: {disabled: true}}\n"
                        + "storage:\n"
                        + "  filesystem: {rootdirectory: '"
                        + folder.toAbsolutePath().resolve("registry") + "'}\nhttp: {addr: '127.0.0.1:" + port + "'}\n");
        Process registry = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Socket ignored = new Socket("127.0.0.1", port)) {
                return true;
            }
        });
        return new DebianImages(registry, port);
    }

    /** Made once, whoever asks first. */
    private static synchronized Path tar() throws Exception {
        Path tar = KEPT.resolve("servers.tar");
        if (!Files.exists(tar)) {
            Path fresh = KEPT.resolve("servers.new.tar");
            Path log = KEPT.resolve("servers.log");
            // Unpacked only: no script of a package runs, which takes most of the time.
            Process made = new ProcessBuilder(
                            "mmdebstrap",
                            "--quiet",
                            "--variant=extract",
                            "--include=" + PACKAGES,
                            "bookworm",
                            fresh.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(made.waitFor()).as(() -> "mmdebstrap says " + log).isZero();
            Files.move(fresh, tar, StandardCopyOption.ATOMIC_MOVE);
        }
        return tar;
    }

    /** The image with all three servers, as the cluster names it. */
    public String image() throws Exception {
        Path tar = tar();
        String repository = "http://127.0.0.1:" + port + "/v2/" + NAME;
        String layer = digest(tar);
        upload(repository, layer, BodyPublishers.ofFile(tar));
        byte[] config =
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                                + layer + "\"]}}")
                        .getBytes(StandardCharsets.UTF_8);
        String configDigest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(config));
        upload(repository, configDigest, BodyPublishers.ofByteArray(config));
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":{\"mediaType\":\""
                + CONFIG
                + "\",\"digest\":\"" + configDigest + "\",\"size\":" + config.length + "},\"layers\":[{\"mediaType\":\""
                + LAYER + "\",\"digest\":\"" + layer + "\",\"size\":" + Files.size(tar) + "}]}";
        HttpRequest put = HttpRequest.newBuilder(URI.create(repository + "/manifests/1"))
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofString(manifest))
                .build();
        assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        return "localhost:" + port + "/" + NAME + ":1";
    }

    private void upload(String repository, String digest, HttpRequest.BodyPublisher content) throws Exception {
        HttpRequest head = HttpRequest.newBuilder(URI.create(repository + "/blobs/" + digest))
                .method("HEAD", BodyPublishers.noBody())
                .build();
        if (http.send(head, BodyHandlers.discarding()).statusCode() == 200) {
            return;
        }
        HttpRequest post = HttpRequest.newBuilder(URI.create(repository + "/blobs/uploads/"))
                .POST(BodyPublishers.noBody())
                .build();
        HttpResponse<String> begun = http.send(post, BodyHandlers.ofString());
        String place = begun.headers().firstValue("Location").orElseThrow();
        HttpRequest put = HttpRequest.newBuilder(
                        URI.create(place + (place.contains("?") ? "&" : "?") + "digest=" + digest))
                .header("Content-Type", "application/octet-stream")
                .PUT(content)
                .build();
        assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }

    private static String digest(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] part = new byte[1 << 16];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(part); read >= 0; read = content.read(part)) {
                digest.update(part, 0, read);
            }
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        registry.destroy();
    }
}
