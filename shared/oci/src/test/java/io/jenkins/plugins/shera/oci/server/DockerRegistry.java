package io.jenkins.plugins.shera.oci.server;

import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The registry of the distribution project ({@code docker-registry} of Debian) on a free port of loopback, in a folder of its own. */
public final class DockerRegistry implements AutoCloseable {
    /** User and password of {@link #withPassword}. */
    public static final String USER = "builder";

    public static final String PASSWORD = "s3cret";
    private static final String HASH = "$2b$05$M4dUmaIGUmeS5PdmmDv/2OU/6J/ckt/Ix18z7n0BC7CfaQgGl36v2";

    private final Process process;
    private final int port;
    private final Path folder;

    private DockerRegistry(Path folder, String auth) throws IOException {
        this(folder, auth, "");
    }

    private DockerRegistry(Path folder, String auth, String tls) throws IOException {
        this.folder = folder;
        this.port = freePort();
        Path config = folder.resolve("config.yml");
        Files.writeString(
                config,
                "version: 0.1\nlog: {level: warn, accesslog: {disabled: false}}\nstorage:\n  filesystem: {rootdirectory: '"
                        + folder.resolve("data") + "'}\n  delete: {enabled: true}\nhttp: {addr: '127.0.0.1:" + port
                        + "'" + tls + "}\n" + auth);
        process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Awaitility.await().until(this::listens);
    }

    /** Starts one that asks nobody for a password; the test is skipped where the program is not installed. */
    public static DockerRegistry open(Path folder) throws IOException {
        requireProgram("docker-registry");
        return new DockerRegistry(folder, "");
    }

    /** Starts one that wants {@link #USER} and {@link #PASSWORD}. */
    public static DockerRegistry withPassword(Path folder) throws IOException {
        requireProgram("docker-registry");
        Path users = Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
        return new DockerRegistry(folder, "auth: {htpasswd: {realm: test, path: '" + users + "'}}\n");
    }

    /** Starts one that speaks https with a certificate no authority signed; {@code server.pem} in the folder is that certificate. */
    public static DockerRegistry withTls(Path folder) throws IOException {
        requireProgram("docker-registry");
        requireProgram("openssl");
        Path key = folder.resolve("server.key");
        Path certificate = folder.resolve("server.pem");
        Process made = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=127.0.0.1",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        Assertions.assertThat(made.onExit().join().exitValue()).isZero();
        return new DockerRegistry(folder, "", ", tls: {certificate: '" + certificate + "', key: '" + key + "'}");
    }

    /** Skips the test where a program is missing, or fails it where real servers are required. */
    public static void requireProgram(String name) {
        boolean there =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, name)));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            Assertions.assertThat(there).as(name + " is on the PATH").isTrue();
        }
        Assumptions.assumeTrue(there, name + " is not installed");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Its {@code host:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Its address. */
    public RegistryAddress address() {
        return RegistryAddress.of(host());
    }

    /** Lines of its access log that hold the text, e.g. {@code "PATCH }. */
    public long logged(String text) {
        try (Stream<String> lines = Files.lines(folder.resolve("log"))) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
