package io.jenkins.plugins.shera.terminal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A shell of this machine at a real terminal of the kernel, heard by a session as one in a container is. */
public final class LocalShell implements AutoCloseable {
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    private final TerminalSession session;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Process process;

    /** Starts it, or skips the test where no program gives terminals. */
    public LocalShell(TerminalSession session) throws IOException {
        boolean there = Files.isExecutable(SCRIPT);
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("there is " + SCRIPT).isTrue();
        }
        Assumptions.assumeTrue(there, "no terminal: there is no " + SCRIPT);
        this.session = session;
        ProcessBuilder builder =
                new ProcessBuilder(SCRIPT.toString(), "-qfec", "sh", "/dev/null").redirectErrorStream(true);
        builder.environment().put("PS1", "$ ");
        process = builder.start();
        Thread hearing = new Thread(this::hear, "local shell");
        hearing.setDaemon(true);
        hearing.start();
    }

    private void hear() {
        byte[] piece = new byte[4096];
        try (InputStream from = process.getInputStream()) {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                synchronized (said) {
                    said.write(piece, 0, read);
                }
                session.output(false, ByteBuffer.wrap(piece.clone(), 0, read))
                        .toCompletableFuture()
                        .join();
            }
            session.ended(new ExecEnd(process.waitFor(), ""));
        } catch (IOException | InterruptedException e) {
            session.ended(new ExecEnd(ExecEnd.UNKNOWN, e.toString()));
        }
    }

    /** Types, and waits until the terminal has shown this. */
    public void type(String keys, String shown) throws IOException {
        int from;
        synchronized (said) {
            from = said.size();
        }
        OutputStream to = process.getOutputStream();
        to.write(keys.getBytes(StandardCharsets.UTF_8));
        to.flush();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            synchronized (said) {
                return said.toString(StandardCharsets.UTF_8)
                        .substring(Math.min(
                                from, said.toString(StandardCharsets.UTF_8).length()))
                        .contains(shown);
            }
        });
    }

    /** Waits until it has ended by itself. */
    public void end() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(session::isEnded);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
