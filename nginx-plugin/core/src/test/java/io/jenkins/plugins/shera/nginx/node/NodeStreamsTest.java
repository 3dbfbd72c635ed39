package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Stream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TCP and UDP through one real nginx; the two servers behind it, which answer with what they got, are the test's. */
class NodeStreamsTest {
    @TempDir
    static Path folder;

    private static RealNginx nginx;
    private static NginxStreams node;
    private static ServerSocket tcp;
    private static DatagramSocket udp;

    @BeforeAll
    static void start() throws Exception {
        nginx = RealNginx.startStreaming(folder);
        node = new NginxStreams(nginx.installation());
        tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        serve(NodeStreamsTest::answerConnections);
        serve(NodeStreamsTest::answerPackets);
    }

    @AfterAll
    static void stop() throws Exception {
        if (tcp != null) {
            tcp.close();
            udp.close();
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void serve(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The test is over and has closed the socket.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void answerConnections() throws IOException {
        while (true) {
            try (Socket socket = tcp.accept()) {
                byte[] got = socket.getInputStream().readNBytes(4);
                socket.getOutputStream().write(("tcp " + new String(got, StandardCharsets.US_ASCII)).getBytes());
            }
        }
    }

    private static void answerPackets() throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            udp.receive(packet);
            byte[] answer = ("udp " + new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                    .getBytes(StandardCharsets.US_ASCII);
            udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
    }

    @Test
    void carriesTcpAndUdpForItsOwnersAndNobodyElse() throws Exception {
        int port = nginx.port();
        node.publish(tcp("retail", port, List.of(), List.of()));
        node.publish(udp("retail", port));

        assertThat(askTcp(port)).isEqualTo("tcp ping");
        assertThat(askUdp(port)).isEqualTo("udp ping");
        assertThat(drift()).isEmpty();

        assertThatThrownBy(() -> node.publish(tcp("bank", port, List.of(), List.of())))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageStartingWith("The port tcp:" + port + " belongs to another tenant of this nginx cluster.");
        assertThatThrownBy(() -> node.remove("udp:" + port, RouteOwner.of("bank", "db", "prod")))
                .hasMessageContaining("belongs to another tenant");
        assertThatThrownBy(() -> new NginxNode(nginx.installation())
                        .publish(Route.of(
                                RouteOwner.of("bank", "web", "prod"),
                                "web.example.com",
                                port,
                                "/",
                                List.of(Member.of("127.0.0.1", 9, 1)))))
                .hasMessageContaining("is wanted for a route and for a stream");
        assertThatThrownBy(() -> node.publish(tcp("bank", nginx.installation().versionPort(), List.of(), List.of())))
                .hasMessageContaining("is where nginx tells what it serves");

        NodeReading retail = new NodeReader(nginx.installation()).read("retail");
        assertThat(retail.streams()).hasSize(2);
        assertThat(retail.found().get("streams/streams.conf")).contains("listen " + port + " udp;");
        NodeReading bank = new NodeReader(nginx.installation()).read("bank");
        assertThat(bank.streams()).isEmpty();
        assertThat(bank.found().toString()).doesNotContain(String.valueOf(port));

        node.publish(tcp("retail", port, List.of("10.0.0.0/8"), List.of()));
        assertThat(askTcp(port)).isEmpty();
        node.publish(tcp("retail", port, List.of("127.0.0.1"), List.of()));
        assertThat(askTcp(port)).isEqualTo("tcp ping");

        Path conf = nginx.installation().folder().resolve("streams/current/streams.conf");
        Files.writeString(conf, Files.readString(conf).replace("weight=1", "weight=7"));
        assertThat(drift()).isNotEmpty().allMatch(line -> line.startsWith("streams/streams.conf: upstream shera."));
        new NginxNode(nginx.installation()).overwrite();
        assertThat(drift()).isEmpty();

        node.remove("tcp:" + port, RouteOwner.of("retail", "db", "prod"));
        assertThat(askTcp(port)).isEmpty();
        assertThat(askUdp(port)).isEqualTo("udp ping");
    }

    @Test
    void refusesWhereNginxCannot() throws Exception {
        NginxInstallation real = nginx.installation();
        assertThatThrownBy(() -> new NginxStreams(new NginxInstallation(
                                real.binary(), real.mainConfig(), folder.resolve("none"), real.versionPort()))
                        .publish(tcp("retail", 4711, List.of(), List.of())))
                .hasMessageContaining("An administrator names a free one of the loopback address: streamPort.");
        Path other = folder.resolve("nginx-light");
        Files.writeString(other, "#!/bin/sh\necho 'nginx version: nginx/1.18.0' >&2\n");
        assertThat(other.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> new NginxStreams(new NginxInstallation(
                                other, real.mainConfig(), folder.resolve("none"), real.versionPort(), 1))
                        .publish(tcp("retail", 4711, List.of(), List.of())))
                .hasMessageStartingWith("nginx 1.18.0 of this node was built without TCP and UDP (stream).");
        assertThatThrownBy(() -> new NginxStreams(new NginxInstallation(
                                real.binary(), real.mainConfig(), folder.resolve("none"), real.versionPort(), 1))
                        .publish(tcp("retail", 4711, List.of(), List.of())))
                .hasMessageContaining("Add 'stream { include " + folder + "/none/streams/current/*.conf; }'");
        assertThatThrownBy(
                        () -> tcp("retail", 4711, List.of("any; }"), List.of()).check())
                .isInstanceOf(InvalidRouteException.class);
        assertThatThrownBy(() -> tcp("retail", 65536, List.of(), List.of()).check())
                .hasMessageContaining("not between 1 and 65535");
    }

    private static List<String> drift() throws Exception {
        NodeDrift drift = new NginxNode(nginx.installation()).drift();
        return drift.isNone() ? List.of() : drift.changes();
    }

    private static Stream tcp(String tenant, int port, List<String> allow, List<String> deny) throws Exception {
        return new Stream(
                RouteOwner.of(tenant, "db", "prod"),
                port,
                false,
                List.of(Member.of("127.0.0.1", tcp.getLocalPort(), 1)),
                5,
                60,
                allow,
                deny);
    }

    private static Stream udp(String tenant, int port) throws Exception {
        return new Stream(
                RouteOwner.of(tenant, "db", "prod"),
                port,
                true,
                List.of(Member.of("127.0.0.1", udp.getLocalPort(), 1)),
                0,
                0,
                null,
                null);
    }

    /** Nothing where the connection was refused or closed. */
    private static String askTcp(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    private static String askUdp(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(5000);
            byte[] ping = "ping".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(ping, ping.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }
}
