package io.jenkins.plugins.shera.terminal.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code kubectl exec -it} or {@code docker exec -it} in a pseudo-terminal of util-linux' script. */
final class PeerTerminal implements Arm {
    private final Process process;
    private final Heard heard = new Heard();

    /** Words of the command; none may hold a quote. */
    PeerTerminal(List<String> command) throws IOException {
        process = new ProcessBuilder("script", "-qfec", String.join(" ", command), "/dev/null")
                .redirectErrorStream(true)
                .start();
        Thread reader = new Thread(this::read, "peer");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] piece = new byte[64 * 1024];
        try (InputStream in = process.getInputStream()) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                heard.take(piece, 0, read);
            }
        } catch (IOException e) {
            System.err.println("bench terminal: the peer ended: " + e.getMessage());
        }
    }

    @Override
    public void type(String keys) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(keys.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public long await(long bytes) throws IOException, InterruptedException {
        return heard.await(bytes);
    }

    @Override
    public long got() {
        return heard.got();
    }

    @Override
    public String since(long offset) {
        return heard.since(offset);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
