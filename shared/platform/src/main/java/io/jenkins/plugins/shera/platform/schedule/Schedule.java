package io.jenkins.plugins.shera.platform.schedule;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** One recurring or delayed task; {@link #cancel()} ends it. */
public final class Schedule {

    private final String name;
    private final Runnable work;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Future<?> ticks;
    private volatile boolean cancelled;

    Schedule(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    void attach(Future<?> future) {
        ticks = future;
        if (cancelled) {
            future.cancel(false);
        }
    }

    void tick(Predicate<Runnable> pool) {
        if (!cancelled && running.compareAndSet(false, true)) {
            boolean taken = pool.test(() -> {
                try {
                    if (!cancelled) {
                        work.run();
                    }
                } finally {
                    running.set(false);
                }
            });
            if (!taken) {
                running.set(false);
            }
        }
    }

    /** No further run begins; one that is under way ends by itself. */
    public void cancel() {
        cancelled = true;
        Future<?> attached = ticks;
        if (attached != null) {
            attached.cancel(false);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
