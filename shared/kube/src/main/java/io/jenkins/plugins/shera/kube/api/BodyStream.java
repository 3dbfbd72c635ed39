package io.jenkins.plugins.shera.kube.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The body of an answer as it comes, for one reading thread. The next part is asked for when the last one was read, so that a slow
 * reader slows the server down.
 */
final class BodyStream extends InputStream implements AsyncBody.Consumer<List<ByteBuffer>> {

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
    private volatile AsyncBody body;
    private volatile Throwable failure;
    private ByteBuffer current = ByteBuffer.wrap(END);
    private volatile boolean ended;

    /** Called once, when the head of the answer is there. */
    void begin(AsyncBody answer) {
        body = answer;
        answer.done().whenComplete((done, error) -> {
            failure = error;
            parts.add(END);
        });
        answer.consume();
    }

    @Override
    public void consume(List<ByteBuffer> given, AsyncBody from) {
        int size = given.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        given.forEach(all::put);
        if (size == 0) {
            from.consume();
        } else {
            parts.add(all.array());
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!current.hasRemaining() && !fetch()) {
            return -1;
        }
        int share = Math.min(length, current.remaining());
        current.get(into, from, share);
        if (!current.hasRemaining()) {
            body.consume();
        }
        return share;
    }

    private boolean fetch() throws IOException {
        if (ended) {
            return false;
        }
        try {
            current = ByteBuffer.wrap(parts.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading from the cluster");
        }
        ended = !current.hasRemaining();
        if (ended && failure != null) {
            throw new IOException("the cluster ended the stream: " + failure.getMessage(), failure);
        }
        return !ended;
    }

    /** Ends the stream from any thread: a reader that waits sees its end. */
    @Override
    public void close() {
        AsyncBody open = body;
        if (open != null) {
            open.cancel();
        }
        parts.add(END);
    }
}
