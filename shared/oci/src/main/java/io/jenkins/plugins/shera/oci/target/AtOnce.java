package io.jenkins.plugins.shera.oci.target;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does several pieces of work at the same time, four at most; the first failure ends the others and is the one told. */
final class AtOnce {
    private static final int MOST = 4;
    private static final long END_SECONDS = 30;

    private AtOnce() {}

    /** One piece; has to end soon after its thread is interrupted. */
    interface Work {
        void run() throws IOException;
    }

    static void run(List<Work> all) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST, all.size()), AtOnce::daemon);
        try {
            ExecutorCompletionService<Void> ended = new ExecutorCompletionService<>(threads);
            List<Future<Void>> begun = new ArrayList<>();
            for (Work work : all) {
                begun.add(ended.submit(() -> {
                    work.run();
                    return null;
                }));
            }
            for (int i = 0; i < begun.size(); i++) {
                ended.take().get();
            }
            threads.shutdown();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while blobs were sent");
        } finally {
            if (!threads.isShutdown()) {
                end(threads);
            }
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (IOException) cause;
    }

    /** Waits, so that nothing is sent any more once the caller goes on. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "blobs of an image");
        thread.setDaemon(true);
        return thread;
    }
}
