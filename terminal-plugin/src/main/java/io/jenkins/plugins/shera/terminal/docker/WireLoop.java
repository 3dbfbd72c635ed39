package io.jenkins.plugins.shera.terminal.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One thread that moves the bytes of all connections, and goes away when there are none; others give on what came. */
final class WireLoop {
    static final WireLoop ONE = new WireLoop();

    private static final Logger LOGGER = Logger.getLogger(WireLoop.class.getName());
    private static final long IDLE_MILLIS = 5000;
    private static final int MOST_THREADS = 1000;

    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    /** A thread only while bytes are given on, for who takes them may wait. */
    private final ExecutorService givers = new ThreadPoolExecutor(
            0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("shera-docker-output"));

    private Selector selector;

    private WireLoop() {}

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Lets the task run in the thread of the loop, after those given before. */
    synchronized void execute(Runnable task) {
        work.add(task);
        if (selector == null) {
            try {
                selector = Selector.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Selector mine = selector;
            daemons("shera-docker").newThread(() -> run(mine)).start();
        } else {
            selector.wakeup();
        }
    }

    /** Lets the task run where it may wait. */
    void give(Runnable task) {
        givers.execute(task);
    }

    /** The selector; in the thread of the loop alone. */
    Selector selector() {
        return selector;
    }

    private void run(Selector mine) {
        while (true) {
            for (Runnable task = work.poll(); task != null; task = work.poll()) {
                attempt(task);
            }
            boolean none = mine.keys().isEmpty();
            try {
                mine.select(key -> attempt(((Wire) key.attachment())::move), none ? IDLE_MILLIS : 0);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "connections to docker engines cannot be watched; they end", e);
                mine.keys().forEach(key -> ((Wire) key.attachment()).fail(e));
            }
            if (none && isOver(mine)) {
                return;
            }
        }
    }

    private synchronized boolean isOver(Selector mine) {
        if (!work.isEmpty()) {
            return false;
        }
        selector = null;
        try {
            mine.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a selector was not closed", e);
        }
        return true;
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "a connection to a docker engine failed", e);
        }
    }
}
