package io.jenkins.plugins.shera.build.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.build.sonar.SonarClient;
import io.jenkins.plugins.shera.build.sonar.SonarException;
import io.jenkins.plugins.shera.build.source.GitRefs;
import io.jenkins.plugins.shera.build.source.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SonarQube and git servers whose answers never end, are huge, or say a thing twice. */
@Timeout(120)
class EndlessAnswersTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private interface Body {
        void write(OutputStream out) throws Exception;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile Body body;
    private volatile boolean over;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                body.write(exchange.getResponseBody());
            } catch (Exception e) {
                // The one who asked hung up, which is what is wanted of him.
                return;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over = true;
        server.stop(0);
        threads.shutdownNow();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void drop(OutputStream out) throws Exception {
        while (!over) {
            out.write(' ');
            out.flush();
            Thread.sleep(20);
        }
    }

    private void stand(OutputStream out) throws Exception {
        out.write('{');
        out.flush();
        while (!over) {
            Thread.sleep(20);
        }
    }

    @Test
    void aSonarQubeThatNeverEndsIsDown() {
        for (Body never : new Body[] {this::drop, this::stand}) {
            body = never;
            assertThatThrownBy(() -> new SonarClient(url(), "", LIMIT).version())
                    .isInstanceOfSatisfying(
                            SonarException.class, e -> assertThat(e.kind()).isEqualTo(SonarException.Kind.DOWN))
                    .hasMessageContaining("did not end within 2 seconds");
        }
    }

    @Test
    void aHugeOrAmbiguousAnswerOfSonarQubeIsNotTaken() {
        SonarClient client = new SonarClient(url(), "", Duration.ofSeconds(60));
        body = out -> {
            out.write("{\"status\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 50 && !over; i++) {
                out.write(piece);
            }
        };
        assertThatThrownBy(client::version)
                .isInstanceOfSatisfying(
                        SonarException.class, e -> assertThat(e.kind()).isEqualTo(SonarException.Kind.REFUSED))
                .hasMessageContaining("answers more than 8 MB");
        body = out -> out.write(
                ("{\"status\":\"UP\",\"version\":\"" + "9".repeat(3_000_000) + "\"}").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(client::version).isInstanceOf(SonarException.class);
        body = out -> out.write("{\"status\":\"DOWN\",\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(client::version).isInstanceOf(SonarException.class).hasMessageContaining("Duplicate");
        body = out -> out.write("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(client::version).isInstanceOf(SonarException.class).hasMessageContaining("nesting depth");
    }

    @Test
    void aGitServerThatNeverEndsHoldsNobodyUp() {
        for (Body never : new Body[] {this::drop, this::stand}) {
            body = never;
            assertThatThrownBy(() -> GitRefs.read(url(), "", "", LIMIT))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("does not answer");
        }
    }
}
