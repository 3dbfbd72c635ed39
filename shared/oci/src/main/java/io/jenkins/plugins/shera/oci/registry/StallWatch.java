package io.jenkins.plugins.shera.oci.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Ends a download on which nothing arrived for a minute; {@code java.net.http} would wait for ever. */
final class StallWatch extends FilterInputStream {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final long patience;
    private final Executor later;
    private volatile long waitingSince;
    private volatile boolean stalled;
    private volatile boolean done;
    private boolean watched;

    StallWatch(InputStream in) {
        this(in, PATIENCE);
    }

    StallWatch(InputStream in, Duration patience) {
        super(in);
        this.patience = patience.toNanos();
        this.later = CompletableFuture.delayedExecutor(this.patience / 4, TimeUnit.NANOSECONDS);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (!watched) {
            watched = true;
            later.execute(this::look);
        }
        waitingSince = System.nanoTime() | 1;
        try {
            int read = in.read(into, from, length);
            if (read < 0) {
                done = true;
            }
            if (stalled) {
                throw new IOException(
                        "nothing arrived for " + Duration.ofNanos(patience).toSeconds() + " seconds");
            }
            return read;
        } finally {
            waitingSince = 0;
        }
    }

    private void look() {
        if (done) {
            return;
        }
        long since = waitingSince;
        if (since == 0 || System.nanoTime() - since < patience) {
            later.execute(this::look);
            return;
        }
        stalled = true;
        try {
            close();
        } catch (IOException e) {
            Logger.getLogger(StallWatch.class.getName()).log(Level.FINE, "closing a stalled download", e);
        }
    }

    @Override
    public void close() throws IOException {
        done = true;
        super.close();
    }
}
