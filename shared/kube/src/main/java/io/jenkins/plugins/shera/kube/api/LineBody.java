package io.jenkins.plugins.shera.kube.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The body of an answer as it comes, line by line, on the threads of the client. */
final class LineBody implements AsyncBody.Consumer<List<ByteBuffer>> {

    private static final int LONGEST = 4 << 20;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    LineBody(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void consume(List<ByteBuffer> parts, AsyncBody stream) throws IOException {
        for (ByteBuffer part : parts) {
            while (part.hasRemaining()) {
                byte next = part.get();
                if (next == '\n') {
                    lines.accept(begun.toString(StandardCharsets.UTF_8));
                    begun.reset();
                } else {
                    begun.write(next);
                }
            }
            if (begun.size() > LONGEST) {
                stream.cancel();
                throw new IOException("a line is longer than " + (LONGEST >> 20) + " MiB");
            }
        }
        stream.consume();
    }
}
