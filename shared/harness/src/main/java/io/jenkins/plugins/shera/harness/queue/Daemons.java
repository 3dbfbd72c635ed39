package io.jenkins.plugins.shera.harness.queue;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that do not keep the process alive. */
public final class Daemons {
    private Daemons() {}

    /** A factory of daemon threads that are numbered after the name. */
    public static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + " [#" + count.incrementAndGet() + "]");
            thread.setDaemon(true);
            return thread;
        };
    }
}
