package io.jenkins.plugins.shera.build.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.Terminator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that accompany builds on their agents; there are no more of them than executors hold builds. */
@Extension
public class BuildThreads implements ExtensionPoint {
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "shera-build-image");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean goingDown;

    static BuildThreads get() {
        return ExtensionList.lookupSingleton(BuildThreads.class);
    }

    Future<?> submit(Runnable work) {
        return threads.submit(work);
    }

    /** Whether an interruption means that Jenkins goes down, so that the build is to be left as it is. */
    boolean isGoingDown() {
        return goingDown;
    }

    /** Lets go of the builds when Jenkins goes down; they go on after its start. */
    @Terminator
    public static void stop() {
        for (BuildThreads all : ExtensionList.lookup(BuildThreads.class)) {
            all.goingDown = true;
            all.threads.shutdownNow();
        }
    }
}
