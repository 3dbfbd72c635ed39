package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.intent.IntendedStream;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TCP ports of a node that follow their document and the pods behind them. */
@Tag("slow")
class DaemonStreamsTest extends DaemonRig {
    @Override
    RealNginx nginx() throws Exception {
        return RealNginx.startStreaming(folder);
    }

    @Test
    void aPortFollowsItsDocumentAndARefusedOneKeepsWhatIsServed() throws Exception {
        Daemon daemon = start();
        send(Intent.ofStreams("edge", 1, List.of(stream(nginx.port(), at(greeter("one"))))));
        soon().until(() -> greeting().equals("one"));
        send(Intent.ofRoutes("edge", 1, List.of(route("web", nginx.tlsPort(), at(1)))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 1);

        // Where a route is, nginx would refuse to listen for both: the whole document stays aside.
        send(Intent.ofStreams(
                "edge",
                2,
                List.of(stream(nginx.port(), at(greeter("two"))), stream(nginx.tlsPort(), at(greeter("two"))))));
        soon().until(() -> daemon.state(Intent.Kind.STREAMS).refused() == 2);
        assertThat(daemon.state(Intent.Kind.STREAMS).error()).contains("The port " + nginx.tlsPort());
        assertThat(daemon.state(Intent.Kind.STREAMS).generation()).isEqualTo(1);
        assertThat(greeting()).isEqualTo("one");

        // A bad one is left out with its reason, and the others go on.
        send(Intent.ofStreams(
                "edge",
                3,
                List.of(
                        stream(nginx.port(), at(greeter("three"))),
                        stream(70_000, at(1)),
                        stream(5432, Target.pods("nowhere", "retail", "shop", 80)))));
        soon().until(() -> greeting().equals("three"));
        soon().until(() -> daemon.state(Intent.Kind.STREAMS).generation() == 3);
        assertThat(daemon.state(Intent.Kind.STREAMS).leftOut())
                .anyMatch(line -> line.contains("70000"))
                .anyMatch(line -> line.startsWith("retail.shop.dev: ") && line.contains("nowhere"));

        send(Intent.ofStreams("edge", 4, List.of()));
        soon().until(() -> greeting().isEmpty());
    }

    @Test
    @Tag("cluster")
    void aPortFollowsThePodsOfItsService() throws Exception {
        withKubernetes();
        start();
        endpoints(ownAddress(), greeter("one"));
        send(Intent.ofStreams("edge", 1, List.of(stream(nginx.port(), Target.pods("kube", namespace, "shop", 80)))));
        soon().until(() -> greeting().equals("one"));
        endpoints(ownAddress(), greeter("two"));
        soon().until(() -> greeting().equals("two"));
    }

    private static IntendedStream stream(int port, Target target) throws Exception {
        return new IntendedStream(
                RouteOwner.of("retail", "shop", "dev"), port, false, List.of(target), 0, 0, List.of(), List.of());
    }

    private int greeter(String says) throws IOException {
        ServerSocket server = closing(new ServerSocket(0));
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(says.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The test is over, or the client has gone.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    /** Nothing where the connection was refused or closed. */
    private String greeting() {
        try (Socket socket = new Socket("127.0.0.1", nginx.port())) {
            socket.setSoTimeout(5000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
