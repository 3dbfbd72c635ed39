package io.jenkins.plugins.shera.terminal.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.exec.ExecConnection;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running command of an engine. With a terminal its bytes come as they are; without one in frames of a header of eight bytes, of
 * which the first is 1 for stdout and 2 for stderr and the last four are the length (Docker Engine API, "Attach to a container").
 */
final class EngineExecConnection implements ExecConnection {
    private static final int HEAD = 8;
    private static final int MOST_ANSWER = 1 << 20;
    private static final int KEPT = 400;
    private static final int NOT_RUN = 126;
    private static final int NOT_FOUND = 127;

    private final EngineHttp http;
    private final String exec;
    private final Wire wire;
    private final boolean tty;
    private final ExecListener listener;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ByteBuffer head = ByteBuffer.allocate(HEAD);
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private CompletableFuture<Void> sizes = CompletableFuture.completedFuture(null);
    private boolean error;
    private long left;
    private int waiting;

    EngineExecConnection(EngineHttp http, String exec, Wire wire, boolean tty, ExecListener listener) {
        this.http = http;
        this.exec = exec;
        this.wire = wire;
        this.tty = tty;
        this.listener = listener;
    }

    Wire.Receiver receiver() {
        return new Receiver();
    }

    @Override
    public synchronized CompletableFuture<Void> write(ByteBuffer data) {
        int size = data.remaining();
        if (ended.get()) {
            return CompletableFuture.failedFuture(new IOException("The command has ended."));
        }
        if (waiting > 0 && waiting + size > MOST_WAITING) {
            return CompletableFuture.failedFuture(
                    new IOException("More than " + MOST_WAITING + " bytes of input wait to be sent."));
        }
        waiting += size;
        ByteBuffer own = ByteBuffer.allocate(size).put(data.duplicate()).flip();
        CompletableFuture<Void> sent = wire.send(own);
        sent.whenComplete((nothing, problem) -> taken(size));
        return sent;
    }

    private synchronized void taken(int size) {
        waiting -= size;
    }

    /** One after the other, so that the last one holds. */
    @Override
    public synchronized CompletableFuture<Void> resize(int columns, int rows) {
        if (columns < 1 || rows < 1 || columns > 1000 || rows > 1000) {
            throw new IllegalArgumentException("A terminal has 1 to 1000 columns and rows.");
        }
        sizes = sizes.handle((nothing, problem) -> null).thenRunAsync(() -> size(columns, rows), WireLoop.ONE::give);
        return sizes;
    }

    /** An engine refuses it while the command is about to start or has ended. */
    private void size(int columns, int rows) {
        for (int tries = 0; tries < 5 && !ended.get(); tries++) {
            try {
                http.send("POST", "/exec/" + EngineHttp.quoted(exec) + "/resize?w=" + columns + "&h=" + rows, null)
                        .close();
                return;
            } catch (IOException e) {
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L << tries);
            }
        }
    }

    @Override
    public boolean closeInput() {
        wire.finish();
        return true;
    }

    @Override
    public void close() {
        wire.close();
        end(new ExecEnd(ExecEnd.UNKNOWN, "closed by this side"));
    }

    private void end(ExecEnd how) {
        if (ended.compareAndSet(false, true)) {
            listener.ended(how);
        }
    }

    /** As the engine knows it after the end of the output. */
    private ExecEnd outcome(IOException broke) {
        try {
            JsonNode state = http.json("GET", "/exec/" + EngineHttp.quoted(exec) + "/json", null, MOST_ANSWER);
            if (state.path("Running").asBoolean() || !state.path("ExitCode").isInt()) {
                return new ExecEnd(
                        ExecEnd.UNKNOWN, broke == null ? "the engine closed the connection" : broke.getMessage());
            }
            int code = state.path("ExitCode").asInt();
            boolean begun = state.path("Pid").asInt() > 0;
            return begun || code != NOT_RUN && code != NOT_FOUND
                    ? new ExecEnd(code, "")
                    : new ExecEnd(
                            ExecEnd.UNKNOWN,
                            first.toString(StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return new ExecEnd(ExecEnd.UNKNOWN, "the connection broke: " + e.getMessage());
        }
    }

    private final class Receiver implements Wire.Receiver {

        @Override
        public CompletionStage<?> received(ByteBuffer data) {
            if (ended.get()) {
                return CompletableFuture.completedFuture(null);
            }
            if (tty) {
                return give(false, data);
            }
            CompletionStage<?> all = CompletableFuture.completedFuture(null);
            while (data.hasRemaining()) {
                if (left == 0) {
                    header(data);
                    continue;
                }
                int size = (int) Math.min(left, data.remaining());
                ByteBuffer piece = data.slice(data.position(), size);
                data.position(data.position() + size);
                left -= size;
                boolean isError = error;
                all = all.thenCompose(nothing -> give(isError, piece));
            }
            return all;
        }

        private void header(ByteBuffer data) {
            while (head.hasRemaining() && data.hasRemaining()) {
                head.put(data.get());
            }
            if (!head.hasRemaining()) {
                error = head.get(0) == 2;
                left = head.getInt(4) & 0xffffffffL;
                head.clear();
            }
        }

        private CompletionStage<?> give(boolean isError, ByteBuffer piece) {
            if (first.size() < KEPT) {
                int size = Math.min(piece.remaining(), KEPT - first.size());
                for (int i = 0; i < size; i++) {
                    first.write(piece.get(piece.position() + i));
                }
            }
            return listener.output(isError, piece);
        }

        @Override
        public void ended(IOException why) {
            if (!ended.get()) {
                end(outcome(why));
            }
        }
    }
}
