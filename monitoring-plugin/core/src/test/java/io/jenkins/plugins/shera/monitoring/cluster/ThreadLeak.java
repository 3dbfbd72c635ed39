package io.jenkins.plugins.shera.monitoring.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program in a container that, once a file is there, begins threads which it never ends. */
public final class ThreadLeak {

    /** The file that makes it leak. */
    public static final String BEGIN = "/tmp/leak";

    private static final int MOST = 200;
    private static final long PAUSE_MILLIS = 20;

    private ThreadLeak() {}

    /** Takes no arguments; runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        while (!Files.exists(Path.of(BEGIN))) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        for (int i = 0; i < MOST; i++) {
            new Thread(ThreadLeak::hang, "leaked-" + i).start();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        hang();
    }

    private static void hang() {
        while (true) {
            LockSupport.park();
        }
    }
}
