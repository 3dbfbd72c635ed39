package io.jenkins.plugins.shera.terminal.bench;

import io.jenkins.plugins.shera.bench.Bench;
import java.lang.management.ManagementFactory;

/** Sessions in which nobody types, and what they cost the Jenkins that has them. */
final class IdleSessions {
    private static final int OF_ONE = 10;
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_THREADS = 20;

    private final String root;
    private long heap;
    private int threads;
    private int people;
    private int count;

    IdleSessions(String root) {
        this.root = root;
    }

    /** What the first session costs is no session's. */
    void warmUp(String pod, String container) throws Exception {
        OurTerminal.open(root, "before", pod, container);
        heap = used();
        threads = ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Opens so many, ten for each person. */
    void open(int more, String pod, String container) throws Exception {
        for (int i = 0; i < more; i++) {
            if (i % OF_ONE == 0) {
                people++;
            }
            OurTerminal.open(root, "idle" + people, pod, container);
            count++;
        }
    }

    void measure(Bench bench) throws Exception {
        double each = (used() - heap) / (double) count;
        int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
        bench.measure("heap of each of " + count + " idle sessions (KB)", each / 1024)
                .atMost(MOST_BYTES / 1024.0);
        bench.measure("threads for all of them", Math.max(0, more)).atMost(MOST_THREADS);
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(1000);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
