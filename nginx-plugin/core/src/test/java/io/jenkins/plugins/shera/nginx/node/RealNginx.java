package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.figures.RequestLine;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real nginx for a test, on the loopback address, with a folder of its own; closing it stops it. */
public final class RealNginx implements AutoCloseable {
    private final NginxInstallation installation;
    private final int port;
    private final int tlsPort;

    private RealNginx(NginxInstallation installation, int port, int tlsPort) {
        this.installation = installation;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /** Starts one in this empty folder; the test is skipped with the reason where the machine has no nginx. */
    public static RealNginx start(Path folder) throws IOException, InterruptedException {
        return start(folder, "access_log off;", false);
    }

    /** The same, and it may serve TCP and UDP, where the machine has that module. */
    public static RealNginx startStreaming(Path folder) throws IOException, InterruptedException {
        return start(folder, "access_log off;", true);
    }

    /** The same, and it logs every request. */
    public static RealNginx startLogging(Path folder) throws IOException, InterruptedException {
        return start(folder, RequestLine.FORMAT + " access_log " + folder + "/shera.log shera;", false);
    }

    /** One with the Lua module loaded and two workers, which may read its folder. */
    public static RealNginx startLua(Path folder) throws IOException, InterruptedException {
        Path lua = module("ngx_http_lua_module.so", "libnginx-mod-http-lua");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return start(
                folder,
                "access_log off;",
                false,
                "load_module " + lua.resolveSibling("ndk_http_module.so") + ";\nload_module " + lua
                        + ";\nworker_processes 2;\n");
    }

    /** A module of the machine's nginx; the test is skipped with the reason where it is not installed. */
    public static Path module(String file, String contained) {
        Path module = Path.of("/usr/lib/nginx/modules", file);
        if (!Files.exists(module) && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1 and nginx has no " + file + ": install " + contained);
        }
        Assumptions.assumeTrue(
                Files.exists(module), "needs the nginx module " + file + ": install the package '" + contained + "'");
        return module;
    }

    private static RealNginx start(Path folder, String log, boolean streaming)
            throws IOException, InterruptedException {
        return start(folder, log, streaming, "worker_processes 1;\n");
    }

    private static RealNginx start(Path folder, String log, boolean streaming, String first)
            throws IOException, InterruptedException {
        Path binary = binary();
        NginxInstallation installation = new NginxInstallation(
                binary, folder.resolve("nginx.conf"), folder.resolve("routes"), freePort(), streaming ? freePort() : 0);
        int port = freePort();
        Files.createDirectories(installation.folder());
        Files.writeString(
                installation.mainConfig(),
                first
                        + (streaming ? streams(binary, folder) : "")
                        + """
                daemon on;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 64; }
                http {
                    %2$s
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server_names_hash_bucket_size 512;
                    include %1$s/routes/current/*.conf;
                }
                """
                                .formatted(folder, log));
        RealNginx nginx = new RealNginx(installation, port, freePort());
        nginx.again();
        return nginx;
    }

    /** Starts it with what lies there now, after it was closed. */
    public void again() throws IOException, InterruptedException {
        Command.Result started = run("-c", installation.mainConfig().toString());
        if (!started.succeeded()) {
            throw new IOException("nginx did not start: " + started.output());
        }
    }

    private static String streams(Path binary, Path folder) throws IOException, InterruptedException {
        String built = Command.run(List.of(binary.toString(), "-V"), folder, Duration.ofSeconds(20))
                .output();
        Path module = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
        boolean dynamic = built.contains("--with-stream=dynamic");
        boolean able = dynamic ? Files.exists(module) : built.contains("--with-stream ");
        if (!able && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1 and nginx has no streams: install libnginx-mod-stream");
        }
        Assumptions.assumeTrue(able, "needs an nginx with streams: install the package 'libnginx-mod-stream'");
        return (dynamic ? "load_module " + module + ";\n" : "") + "stream { include " + folder
                + "/routes/streams/current/*.conf; }\n";
    }

    /** Where it is. */
    public NginxInstallation installation() {
        return installation;
    }

    /** Where it logs every request, if it does. */
    public Path requestLog() {
        return installation.mainConfig().resolveSibling("shera.log");
    }

    /** What a server at its port answers for this host, from the status line on. */
    public String ask(String host, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Takes what its configuration says now. */
    public void reload() throws IOException, InterruptedException {
        Command.Result told =
                run("-s", "reload", "-c", installation.mainConfig().toString());
        if (!told.succeeded()) {
            throw new IOException("nginx did not reload: " + told.output());
        }
    }

    /** The numbers of its workers: a reload makes others. */
    public Set<Long> workers() throws IOException {
        long master = Long.parseLong(Files.readString(installation.mainConfig().resolveSibling("nginx.pid"))
                .strip());
        return ProcessHandle.of(master)
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** Whether something answers at its port. */
    public boolean isListening() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that no server of this nginx uses yet. */
    public int port() {
        return port;
    }

    /** Another one, for TLS. */
    public int tlsPort() {
        return tlsPort;
    }

    /** By its process number: a test may have broken the configuration, which {@code nginx -s stop} would read. */
    @Override
    public void close() throws IOException, InterruptedException {
        Path pid = installation.mainConfig().resolveSibling("nginx.pid");
        String number = Files.exists(pid) ? Files.readString(pid).strip() : "";
        ProcessHandle master = number.isEmpty()
                ? null
                : ProcessHandle.of(Long.parseLong(number)).orElse(null);
        if (master != null) {
            master.destroy();
            for (int i = 0; i < 100 && master.isAlive(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private Command.Result run(String... arguments) throws IOException, InterruptedException {
        List<String> argv = Stream.concat(Stream.of(installation.binary().toString()), Stream.of(arguments))
                .toList();
        return Command.run(argv, installation.folder(), Duration.ofSeconds(20));
    }

    /** The program; the test is skipped with the reason where the machine has none. */
    public static Path binary() {
        Stream<String> folders =
                Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"));
        Path found = folders.map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found == null && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1 and there is no nginx on PATH");
        }
        Assumptions.assumeTrue(found != null, "needs a real nginx: install the package 'nginx'");
        return found;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
