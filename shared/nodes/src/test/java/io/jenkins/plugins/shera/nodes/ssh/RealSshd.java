package io.jenkins.plugins.shera.nodes.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** OpenSSH's own server on the loopback address, for the user of the test with a key; its home is a folder of its own. */
public final class RealSshd implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final int port;
    private final String user;
    private Process sshd;

    private RealSshd(Path folder, int port, String user) {
        this.folder = folder;
        this.port = port;
        this.user = user;
    }

    /** Starts one in this empty folder; the test is skipped with the reason where the machine has none. */
    public static RealSshd start(Path folder) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(SSHD);
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("sshd is installed").isTrue();
        }
        Assumptions.assumeTrue(there, "sshd is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        RealSshd server = new RealSshd(folder, port, run(folder, "id", "-un").strip());
        for (String name : List.of("host", "other", "key")) {
            String passphrase = name.equals("key") ? "open sesame" : "";
            run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", name);
        }
        run(folder, "ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", "rsa");
        Files.copy(folder.resolve("key.pub"), folder.resolve("allowed"));
        Files.setPosixFilePermissions(folder.resolve("allowed"), PosixFilePermissions.fromString("rw-------"));
        Files.createDirectories(server.home());
        if (server.user.equals("root")) {
            // The folder into which sshd of Debian locks its unprivileged half; a service file makes it otherwise.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        server.serve("host");
        return server;
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Command.Result done = Command.run(List.of(command), folder, LIMIT);
        assertThat(done.succeeded()).as(done.output()).isTrue();
        return done.output();
    }

    private void serve(String hostKey) throws IOException {
        Files.writeString(
                folder.resolve("sshd_config"),
                """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                HostKey %s
                AuthorizedKeysFile %s
                SetEnv HOME=%s
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                PidFile none
                """
                        .formatted(
                                port,
                                folder.resolve("rsa"),
                                folder.resolve(hostKey),
                                folder.resolve("allowed"),
                                home()));
        sshd = new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        Awaitility.await()
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
    }

    /** The same machine set up anew: other host keys of the same kinds. */
    public void renewKey() throws IOException {
        end();
        serve("other");
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Who may come. */
    public String user() {
        return user;
    }

    /** The home folder of whoever comes. */
    public Path home() {
        return folder.resolve("home");
    }

    /** The private key that opens, with its passphrase {@code open sesame}. */
    public String key() throws IOException {
        return Files.readString(folder.resolve("key"));
    }

    /** The host key as its settings have it. */
    public String hostKey() throws IOException {
        return Files.readString(folder.resolve("host.pub")).strip();
    }

    /** A login with the right key. */
    public Login login() throws IOException {
        return new Login(
                "127.0.0.1",
                port,
                user,
                List.of(key()),
                "open sesame",
                HostKey.of(hostKey()).orElseThrow(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    private void end() {
        sshd.descendants().forEach(ProcessHandle::destroyForcibly);
        sshd.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        end();
    }
}
