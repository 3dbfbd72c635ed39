package io.jenkins.plugins.shera.harness.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for something that happens elsewhere. */
public final class Polling {
    private Polling() {}

    /** What is waited for. */
    public interface Condition {
        /** Whether it has happened. */
        boolean holds() throws IOException;
    }

    /** Waits; fails after the given number of seconds (0 for never) with the message. */
    public static void until(Condition condition, int seconds, Supplier<String> message) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!condition.holds()) {
                if (seconds > 0 && System.nanoTime() > deadline) {
                    throw new AssertionError(message.get() + " after " + seconds + " seconds");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
