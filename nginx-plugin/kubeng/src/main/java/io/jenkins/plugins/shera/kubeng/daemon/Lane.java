package io.jenkins.plugins.shera.kubeng.daemon;

import java.time.Duration;

/**
 * A thread that does one kind of work when it is asked to: at once if it rested long enough, otherwise once when the interval is
 * over, however often it was asked meanwhile. Work that failed is tried again after a while.
 */
final class Lane implements AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Duration interval;
    private final Work work;
    private final Thread thread;
    private boolean asked = true;
    private boolean closed;

    /** What is done; gives whether it needs no second try. */
    interface Work {
        boolean run() throws InterruptedException;
    }

    /**
     * Runs for the first time at once.
     *
     * @param interval the shortest time between the beginnings of two runs
     */
    Lane(String name, Duration interval, Work work) {
        this.interval = interval;
        this.work = work;
        this.thread = new Thread(this::loop, "kubeng-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something may have changed. */
    synchronized void ask() {
        asked = true;
        notifyAll();
    }

    private void loop() {
        try {
            boolean done = true;
            while (awaitTurn(done)) {
                long begun = System.nanoTime();
                done = work.run();
                pause(interval.toNanos() - (System.nanoTime() - begun));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitTurn(boolean done) throws InterruptedException {
        long until = System.nanoTime() + RETRY.toNanos();
        while (!asked && !closed && (done || System.nanoTime() < until)) {
            wait(100);
        }
        asked = false;
        return !closed;
    }

    private synchronized void pause(long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (!closed && System.nanoTime() < until) {
            wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            // Being asked wakes it too, and is remembered in the field.
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(Duration.ofSeconds(60).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
