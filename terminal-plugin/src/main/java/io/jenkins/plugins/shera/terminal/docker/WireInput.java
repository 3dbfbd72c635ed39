package io.jenkins.plugins.shera.terminal.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What comes over a wire, for a thread that waits for it; another receiver may take the rest. */
final class WireInput extends InputStream implements Wire.Receiver {
    private final String what;
    private final Duration patience;
    private ByteBuffer now;
    private CompletableFuture<Void> used;
    private boolean over;
    private IOException broken;
    private Wire.Receiver next;

    /** {@code patience} is how long each piece may be waited for. */
    WireInput(String what, Duration patience) {
        this.what = what;
        this.patience = patience;
    }

    @Override
    public CompletionStage<?> received(ByteBuffer data) {
        Wire.Receiver to;
        synchronized (this) {
            to = next;
            if (to == null) {
                now = data;
                used = new CompletableFuture<>();
                notifyAll();
                return used;
            }
        }
        return to.received(data);
    }

    @Override
    public void ended(IOException why) {
        Wire.Receiver to;
        synchronized (this) {
            over = true;
            broken = why;
            to = next;
            notifyAll();
        }
        if (to != null) {
            to.ended(why);
        }
    }

    /** Gives what comes from now on to another. */
    void handOver(Wire.Receiver to) {
        ByteBuffer rest;
        CompletableFuture<Void> taken;
        boolean done;
        IOException why;
        synchronized (this) {
            next = to;
            rest = now;
            taken = used;
            done = over;
            why = broken;
            now = null;
        }
        if (rest != null) {
            to.received(rest).whenComplete((nothing, error) -> {
                if (error == null) {
                    taken.complete(null);
                } else {
                    taken.completeExceptionally(error);
                }
            });
        }
        if (done) {
            to.ended(why);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        CompletableFuture<Void> free = null;
        int count;
        synchronized (this) {
            await();
            if (now == null) {
                if (broken != null) {
                    throw new EngineException(
                            EngineException.Kind.UNREACHABLE,
                            Messages._Engine_broke(what, String.valueOf(broken.getMessage())),
                            broken);
                }
                return -1;
            }
            count = Math.min(length, now.remaining());
            now.get(into, from, count);
            if (!now.hasRemaining()) {
                now = null;
                free = used;
            }
        }
        if (free != null) {
            free.complete(null);
        }
        return count;
    }

    private void await() throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (now == null && !over) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new EngineException(
                        EngineException.Kind.UNREACHABLE, Messages._Engine_late(what, patience.toSeconds()));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(what + ": interrupted");
            }
        }
    }
}
