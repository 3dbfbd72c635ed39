package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on machines, on a real nginx: whatever it is, what was served before is served on, or again. */
@Tag("slow")
class NodeFaultsTest {
    private static final int LONG_ONES = 5;

    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    private static Route route(int port, String path, int member) throws Exception {
        return Route.of(
                RouteOwner.of("retail", "shop", "dev"),
                "shop.example.com",
                port,
                path,
                List.of(Member.of("127.0.0.1", member, 1)));
    }

    /** nginx's own test does not tell of such a port: only that the workers go on with the earlier configuration does. */
    @Test
    void aPortThatAnotherProgramHasLeavesWhatWasServed() throws Exception {
        node.publish(route(nginx.port(), "/", 9));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            assertThatThrownBy(() -> node.publish(route(taken.getLocalPort(), "/", 9)))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("its workers do not serve it")
                    .hasMessageContaining("still told generation 1")
                    .hasMessageContaining("Address already in use");
        }

        assertThat(node.routes().routes()).extracting(Route::port).containsExactly(nginx.port());
        assertThat(node.drift().isNone()).isTrue();
        assertThat(nginx.ask("shop.example.com", "/")).startsWith("HTTP/1.1 502");
    }

    @Test
    void aFirstConfigurationWhosePortIsTakenIsToldAsNobodyListening() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            assertThatThrownBy(() -> node.publish(route(taken.getLocalPort(), "/", 9)))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("nothing listens there")
                    .hasMessageContaining("Address already in use");
        }
    }

    /** nginx's own test takes it, the signal is taken, and the workers stay with the earlier configuration. */
    @Test
    void aZoneThatIsInUseWithAnotherKeyIsFoundByWhatTheWorkersTell() throws Exception {
        node.publish(route(nginx.port(), "/", 9));
        String before = "limit_req_zone $binary_remote_addr zone=calls:1m rate=5r/s;\n";
        node.replaceSite(Map.of("limits.conf", before));

        assertThatThrownBy(() -> node.replaceSite(
                        Map.of("limits.conf", before.replace("$binary_remote_addr", "$http_x_client"))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("its workers do not serve it")
                .hasMessageContaining("while previously it used");

        assertThat(node.siteFiles()).containsEntry("limits.conf", before);
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void workersThatKeepLongConnectionsHoldUpNoChangeAndGoWithTheirConnection() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<Socket> clients = new ArrayList<>();
            List<Socket> answers = new ArrayList<>();
            try {
                for (int i = 0; i < LONG_ONES; i++) {
                    node.publish(route(nginx.port(), "/p" + i, server.getLocalPort()));
                    clients.add(ask("/p" + i));
                    answers.add(server.accept());
                }
                node.publish(route(nginx.port(), "/last", server.getLocalPort()));

                assertThat(workers()).isBetween(2L, LONG_ONES + 1L);
                assertThat(node.drift().isNone()).isTrue();
                for (int i = 0; i < LONG_ONES; i++) {
                    answers.get(i)
                            .getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(new String(clients.get(i).getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                            .endsWith("\r\n\r\nok");
                }
                for (int tries = 0; tries < 600 && workers() > 1; tries++) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                assertThat(workers()).isEqualTo(1);
            } finally {
                for (Socket socket : clients) {
                    socket.close();
                }
                for (Socket socket : answers) {
                    socket.close();
                }
            }
        }
    }

    private Socket ask(String path) throws Exception {
        Socket socket = new Socket("127.0.0.1", nginx.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private long workers() throws Exception {
        long master =
                Long.parseLong(Files.readString(folder.resolve("nginx.pid")).strip());
        return ProcessHandle.of(master).orElseThrow().children().count();
    }

    /** In a Java of its own, whose folder is a disk of 1 MiB that nobody else sees. */
    @Test
    void aFullDiskLeavesWhatWasServedAndTheNextChangeGoesThroughWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        List<String> apart = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=1m none \"$0\" && exec unshare --user --map-user=1000 --map-group=1000 \"$@\"",
                disk.toString());
        List<String> able = new ArrayList<>(apart);
        able.add("true");
        boolean can;
        try {
            can = Command.run(able, folder, Duration.ofSeconds(20)).succeeded();
        } catch (IOException e) {
            can = false;
        }
        Assumptions.assumeTrue(can, "needs unshare with user and mount namespaces, to have a small disk");
        List<String> java = new ArrayList<>(apart);
        java.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmallDisk.class.getName(),
                disk.toString()));

        Command.Result result = Command.run(java, folder, Duration.ofMinutes(2));

        assertThat(result.output()).contains("the earlier routes stay", "there is room again");
        assertThat(result.succeeded()).isTrue();
    }

    /** The program on the small disk; fails where something is not as it says. */
    static final class SmallDisk {
        private SmallDisk() {}

        /** @param arguments the folder */
        public static void main(String... arguments) throws Exception {
            Path disk = Path.of(arguments[0]);
            try (RealNginx nginx = RealNginx.start(disk)) {
                NginxNode node = new NginxNode(nginx.installation());
                node.publish(route(nginx.port(), "/", 9));
                Path filler = disk.resolve("filler");
                fill(filler);
                try {
                    node.publish(route(nginx.port(), "/other", 9));
                    throw new AssertionError("the disk was not full");
                } catch (IOException e) {
                    require(String.valueOf(e.getMessage()).contains("space"), "the reason is told: " + e);
                }
                require(paths(node).equals(List.of("/")) && node.drift().isNone(), "nothing changed");
                System.out.println("the earlier routes stay");
                Files.delete(filler);
                node.publish(route(nginx.port(), "/other", 9));
                require(paths(node).equals(List.of("/other")) && node.drift().isNone(), "it goes on");
                System.out.println("there is room again");
            }
        }

        private static List<String> paths(NginxNode node) throws Exception {
            return node.routes().routes().stream().map(Route::path).toList();
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }

        /** To the last byte. */
        private static void fill(Path filler) throws Exception {
            try (var out = Files.newOutputStream(filler)) {
                byte[] page = new byte[4096];
                for (int i = 0; i < 10_000; i++) {
                    out.write(page);
                }
            } catch (IOException e) {
                // It is full.
            }
        }
    }
}
