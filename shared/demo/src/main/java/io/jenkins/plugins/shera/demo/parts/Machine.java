package io.jenkins.plugins.shera.demo.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What this machine has, and how it gets what is missing. */
public final class Machine {
    private static final int INSTALL_LIMIT_MINUTES = 10;

    private Machine() {}

    /** A program by name, on PATH or where system programs are. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Installs Debian packages where that can be done without asking: as root, with apt-get, on Debian or Ubuntu.
     *
     * @return whether they are there now
     */
    public static boolean install(List<String> packages, Path log) throws IOException, InterruptedException {
        boolean debian =
                Files.exists(Path.of("/etc/debian_version")) && find("apt-get").isPresent();
        if (!debian || !"root".equals(System.getProperty("user.name"))) {
            return false;
        }
        return apt(List.of("update", "-qq"), log)
                && apt(
                        Stream.concat(
                                        Stream.of(
                                                "install",
                                                "-y",
                                                "-qq",
                                                "--no-install-recommends",
                                                "-o",
                                                "DPkg::Lock::Timeout=60"),
                                        packages.stream())
                                .toList(),
                        log);
    }

    private static boolean apt(List<String> arguments, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("apt-get"), arguments.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        // The packages' own services stay off: the demo starts servers of its own on free ports.
        builder.environment().put("RUNLEVEL", "1");
        Process process = builder.start();
        return process.waitFor(INSTALL_LIMIT_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
    }

    /** A port of the loopback address that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The wanted port, or a free one when somebody has it. */
    public static int portOrFree(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return wanted;
        } catch (IOException e) {
            return freePort();
        }
    }

    /** Waits until somebody listens on the port. */
    public static void awaitPort(int port, Duration limit, String what) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IOException(what + " did not open its port " + port + " within " + limit.toSeconds() + " s");
    }
}
