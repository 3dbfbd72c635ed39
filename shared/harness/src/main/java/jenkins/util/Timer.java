package jenkins.util;

import hudson.security.ACL;
import io.jenkins.plugins.shera.harness.queue.Daemons;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/** The scheduler for short periodic work, which runs as SYSTEM. */
public class Timer {
    private static ScheduledExecutorService service;

    /** The scheduler; made when first asked for. */
    public static synchronized ScheduledExecutorService get() {
        if (service == null) {
            ThreadFactory daemons = Daemons.named("jenkins.util.Timer");
            service = new ScheduledThreadPoolExecutor(
                    4,
                    work -> daemons.newThread(() -> {
                        ACL.impersonate2(ACL.SYSTEM2);
                        work.run();
                    }));
        }
        return service;
    }

    /** Stops the scheduler and drops what has not begun. */
    public static synchronized void shutdown() {
        if (service != null) {
            service.shutdownNow();
            service = null;
        }
    }

    private Timer() {}
}
