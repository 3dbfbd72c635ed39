package io.jenkins.plugins.shera.harness.cps;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs tasks one after the other on a shared pool: a waiting program holds no Java thread. */
public final class Lane implements Executor {
    private static final Logger LOGGER = Logger.getLogger(Lane.class.getName());

    private final Executor pool;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private Thread current;

    /** A lane over a pool that many lanes share. */
    public Lane(Executor pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (busy) {
                return;
            }
            busy = true;
        }
        pool.execute(this::drain);
    }

    /** True when the caller is a task of this lane. */
    public boolean isCurrent() {
        synchronized (waiting) {
            return current == Thread.currentThread();
        }
    }

    private void drain() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | LinkageError e) {
                LOGGER.log(Level.WARNING, "A task of a program failed", e);
            }
        }
    }

    private Runnable next() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            busy = task != null;
            current = busy ? Thread.currentThread() : null;
            return task;
        }
    }
}
