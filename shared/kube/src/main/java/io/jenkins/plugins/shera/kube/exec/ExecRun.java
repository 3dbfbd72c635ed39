package io.jenkins.plugins.shera.kube.exec;

import io.jenkins.plugins.shera.kube.api.KubeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a command to its end on the calling thread, with streams for input and output. */
public final class ExecRun {

    private static final int PIECE = 64 * 1024;
    private static final int MOST_ERRORS = 64 * 1024;

    private final ExecApi api;
    private final Duration limit;

    /** {@code limit} is the whole time a run may take, from its start to its end. */
    public ExecRun(ExecApi api, Duration limit) {
        this.api = api;
        this.limit = limit;
    }

    /**
     * How it ended, with the first 64 KiB of its stderr.
     */
    public record Outcome(ExecEnd end, String errors) {}

    /**
     * Runs it; what it prints goes to {@code output} as it comes, no faster than that takes it.
     *
     * @param input what it reads, or null for nothing; asked for only when the request has stdin
     * @throws IOException a {@link KubeException} if it could not be started; also when a stream failed or time was up
     */
    public Outcome run(ExecRequest request, InputStream input, OutputStream output) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        Sink sink = new Sink(output);
        ExecConnection connection = wait(api.start(request, sink), deadline, request);
        try {
            if (input != null && request.stdin()) {
                feed(connection, input, sink, deadline, request);
            }
            ExecEnd end = wait(sink.end, deadline, request);
            if (sink.failure != null) {
                throw sink.failure;
            }
            return new Outcome(end, sink.errors.toString(StandardCharsets.UTF_8));
        } finally {
            connection.close();
        }
    }

    private static void feed(
            ExecConnection connection, InputStream input, Sink sink, long deadline, ExecRequest request)
            throws IOException {
        byte[] piece = new byte[PIECE];
        for (int read = input.read(piece); read >= 0; read = input.read(piece)) {
            try {
                wait(connection.write(ByteBuffer.wrap(piece, 0, read)), deadline, request);
            } catch (IOException e) {
                if (sink.end.isDone()) {
                    return;
                }
                throw e;
            }
        }
        if (!connection.closeInput()) {
            throw new IOException(request.what() + ": this cluster cannot be told where input ends (it speaks only "
                    + ClusterExecConnection.V4 + "). Use a Kubernetes of 1.30 or later.");
        }
    }

    private static <T> T wait(Future<? extends T> future, long deadline, ExecRequest request) throws IOException {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(request.what() + ": interrupted");
        } catch (TimeoutException e) {
            throw new IOException(
                    request.what() + ": it did not end in the time it was given. Give more, or less to do.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KubeException refused) {
                throw refused;
            }
            throw new IOException(request.what() + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static final class Sink implements ExecListener {
        private final OutputStream output;
        private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        private final CompletableFuture<ExecEnd> end = new CompletableFuture<>();
        private volatile IOException failure;

        Sink(OutputStream output) {
            this.output = output;
        }

        @Override
        public CompletionStage<?> output(boolean error, ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            if (error) {
                errors.write(bytes, 0, Math.min(bytes.length, MOST_ERRORS - errors.size()));
                return CompletableFuture.completedFuture(null);
            }
            try {
                output.write(bytes);
                return CompletableFuture.completedFuture(null);
            } catch (IOException e) {
                failure = e;
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void ended(ExecEnd how) {
            end.complete(how);
        }
    }
}
