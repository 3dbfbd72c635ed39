package io.jenkins.plugins.shera.terminal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine on this machine that answers well, slowly, by half, or not at all. */
@Timeout(60)
class DirectLineTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

    @TempDir
    Path folder;

    /** What it says to whoever comes next, piece by piece; an empty piece waits for the other side to go away. */
    private ServerSocketChannel engine(List<String> pieces) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("engine.sock")));
        Thread thread = new Thread(() -> {
            try (SocketChannel asker = server.accept()) {
                ByteBuffer question = ByteBuffer.allocate(1 << 16);
                asker.read(question);
                for (String piece : pieces) {
                    if (piece.isEmpty()) {
                        asker.read(question);
                    } else {
                        asker.write(ByteBuffer.wrap(piece.getBytes(StandardCharsets.ISO_8859_1)));
                    }
                }
            } catch (IOException e) {
                // The asker is gone, and so is the test.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private String asked(Duration patience) throws IOException {
        EngineAddress address = new EngineAddress("unix://" + folder.resolve("engine.sock"), null);
        try (EngineAnswer answer =
                new EngineHttp(address, Duration.ofSeconds(5), patience).send("GET", "/info?x=y", null)) {
            return answer.text(100);
        }
    }

    @Test
    void anAnswerInPiecesComesWhole() throws Exception {
        try (ServerSocketChannel ignored = engine(List.of(HEAD.substring(0, 9), HEAD.substring(9), "he", "llo"))) {
            assertThat(asked(Duration.ofSeconds(30))).isEqualTo("hello");
        }
    }

    @Test
    void anEngineThatSaysNothingIsGivenUpAndNamed() throws Exception {
        try (ServerSocketChannel ignored = engine(List.of(HEAD, "he", ""))) {
            assertThatThrownBy(() -> asked(Duration.ofMillis(300)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("GET /info at unix://")
                    .hasMessageContaining("no answer for");
        }
    }

    @Test
    void anAnswerThatIsCutIsNeverTakenForAWholeOne() throws Exception {
        try (ServerSocketChannel ignored = engine(List.of(HEAD, "he"))) {
            assertThatThrownBy(() -> asked(Duration.ofSeconds(30))).hasMessageContaining("cut short");
        }
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        try (ServerSocketChannel ignored = engine(List.of(HEAD, ""))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> asked(Duration.ofSeconds(30))).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).as("it is still known").isTrue();
        }
    }
}
