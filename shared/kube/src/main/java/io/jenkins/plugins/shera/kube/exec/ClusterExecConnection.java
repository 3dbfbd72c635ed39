package io.jenkins.plugins.shera.kube.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A running command of a cluster. Each message is one byte that names a channel, then its data: 0 stdin, 1 stdout, 2 stderr, 3 the end as a
 * {@code Status}, 4 the size of the terminal, and with v5 alone 255 to close the channel that follows (k8s.io/client-go
 * remotecommand, KEP-4006). Usable from many threads.
 */
final class ClusterExecConnection implements ExecConnection {

    static final String V5 = "v5.channel.k8s.io";
    static final String V4 = "v4.channel.k8s.io";

    private static final int LARGEST_STATUS = 64 * 1024;

    private final ExecListener listener;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ByteArrayOutputStream status = new ByteArrayOutputStream();
    private volatile WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private int waiting;
    private int channel = -1;

    ClusterExecConnection(ExecListener listener) {
        this.listener = listener;
    }

    void opened(WebSocket connected) {
        socket = connected;
    }

    WebSocket.Listener receiver() {
        return new Receiver();
    }

    @Override
    public CompletableFuture<Void> write(ByteBuffer data) {
        return send(0, data);
    }

    @Override
    public CompletableFuture<Void> resize(int columns, int rows) {
        if (columns < 1 || rows < 1 || columns > 1000 || rows > 1000) {
            throw new IllegalArgumentException("A terminal has 1 to 1000 columns and rows.");
        }
        String size = "{\"Width\":" + columns + ",\"Height\":" + rows + "}";
        return send(4, ByteBuffer.wrap(size.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public boolean closeInput() {
        if (!V5.equals(socket.getSubprotocol())) {
            return false;
        }
        send(255, ByteBuffer.wrap(new byte[] {0}));
        return true;
    }

    private synchronized CompletableFuture<Void> send(int to, ByteBuffer data) {
        int size = data.remaining();
        if (ended.get()) {
            return CompletableFuture.failedFuture(new IOException("The command has ended."));
        }
        if (waiting > 0 && waiting + size > MOST_WAITING) {
            return CompletableFuture.failedFuture(
                    new IOException("More than " + MOST_WAITING + " bytes of input wait to be sent."));
        }
        waiting += size;
        ByteBuffer message = ByteBuffer.allocate(size + 1)
                .put((byte) to)
                .put(data.duplicate())
                .flip();
        CompletableFuture<Void> done = sent.handle((nothing, error) -> socket.sendBinary(message, true))
                .thenCompose(Function.identity())
                .thenApply(nothing -> null);
        sent = done.whenComplete((nothing, error) -> taken(size));
        return done;
    }

    private synchronized void taken(int size) {
        waiting -= size;
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end(new ExecEnd(ExecEnd.UNKNOWN, "closed by this side"));
    }

    private void end(ExecEnd how) {
        if (ended.compareAndSet(false, true)) {
            listener.ended(how);
        }
    }

    private final class Receiver implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            if (channel < 0 && data.hasRemaining()) {
                channel = data.get() & 0xff;
            }
            int of = channel;
            if (last) {
                channel = -1;
            }
            if (of == 3) {
                byte[] piece = new byte[Math.min(data.remaining(), LARGEST_STATUS - status.size())];
                data.get(piece);
                status.writeBytes(piece);
                if (last) {
                    end(ExecEnd.of(status.toByteArray()));
                    from.sendClose(WebSocket.NORMAL_CLOSURE, "");
                }
            }
            boolean output = (of == 1 || of == 2) && data.hasRemaining() && !ended.get();
            CompletionStage<?> used = output ? listener.output(of == 2, data) : CompletableFuture.completedFuture(null);
            used.whenComplete((nothing, error) -> {
                if (error != null) {
                    close();
                } else {
                    from.request(1);
                }
            });
            return used;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end(new ExecEnd(ExecEnd.UNKNOWN, reason.isEmpty() ? "the cluster closed the connection" : reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end(new ExecEnd(ExecEnd.UNKNOWN, "the connection broke: " + error.getMessage()));
        }
    }
}
