package io.jenkins.plugins.shera.kubeng.bench;

import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real nginx, driven by the daemon or by hand. */
final class BenchNode implements AutoCloseable {
    private final Path folder;
    private final RealNginx nginx;
    private final boolean lua;
    private Daemon daemon;

    BenchNode(Path folder) throws Exception {
        this(folder, false);
    }

    /** {@code lua} for one that follows addresses without reload. */
    BenchNode(Path folder, boolean lua) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.lua = lua;
        this.nginx = lua ? RealNginx.startLua(folder) : RealNginx.start(folder);
        // As in a real one: names of many hosts, and connections of all clients.
        Path main = nginx.installation().mainConfig();
        Files.writeString(
                main,
                Files.readString(main)
                        .replace("worker_connections 64", "worker_connections 1024")
                        .replace("access_log off;", "access_log off; server_names_hash_max_size 65536;"));
    }

    /** Begins the daemon with this document. */
    Daemon drive(ServicesDouble services, Intent intent, KeyPair key, Duration interval) throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("intent"));
        Files.write(inbox.resolve("routes.json"), SignedIntent.sign(intent, key.getPrivate()));
        ClusterAccess access = ClusterAccess.at(services.url())
                .declaredInsecure(true)
                .withToken("bench")
                .done();
        daemon = Daemon.start(new Settings(
                intent.cluster(),
                inbox,
                folder.resolve("state"),
                nginx.installation(),
                List.of(key.getPublic()),
                Map.of("kube", access),
                interval,
                Duration.ofHours(1),
                null,
                null,
                lua));
        return daemon;
    }

    RealNginx nginx() {
        return nginx;
    }

    /** What the workers say they serve, or nothing. */
    String serves() throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), nginx.installation().versionPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } catch (IOException e) {
            return "";
        }
    }

    /** Waits until something else than that is served. */
    void awaitOther(String before) throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String now = serves();
        while (now.isEmpty() || now.equals(before)) {
            if (System.nanoTime() > until) {
                throw new IOException("nothing new is served");
            }
            Thread.sleep(1);
            now = serves();
        }
    }

    /** Waits until the daemon has told of all that it put there, and some more. */
    void awaitRest() throws InterruptedException {
        long before = -1;
        long now = daemon.state(Intent.Kind.ROUTES).reloads();
        while (now != before) {
            Thread.sleep(3000);
            before = now;
            now = daemon.state(Intent.Kind.ROUTES).reloads();
        }
    }

    /** Puts files where nginx reads them; nobody tells it. */
    void write(Map<String, byte[]> files) throws IOException {
        Path current = Files.createDirectories(nginx.installation().folder().resolve("current"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(current.resolve(file.getKey()), file.getValue());
        }
    }

    /** The least that a careful hand does: nginx's own test, then the signal. */
    void testAndReload() throws IOException, InterruptedException {
        Command.Result tested = Command.run(
                List.of(
                        nginx.installation().binary().toString(),
                        "-t",
                        "-q",
                        "-c",
                        nginx.installation().mainConfig().toString()),
                folder,
                Duration.ofMinutes(1));
        if (!tested.succeeded()) {
            throw new IOException("nginx was to accept it: " + tested.output());
        }
        reload();
    }

    /** The signal alone. */
    void reload() throws IOException, InterruptedException {
        String pid = Files.readString(folder.resolve("nginx.pid")).strip();
        Command.run(List.of("kill", "-HUP", pid), folder, Duration.ofSeconds(10));
    }

    @Override
    public void close() throws Exception {
        if (daemon != null) {
            daemon.close();
        }
        nginx.close();
    }
}
