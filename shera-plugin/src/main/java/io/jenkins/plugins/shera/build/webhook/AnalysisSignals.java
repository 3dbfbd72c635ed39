package io.jenkins.plugins.shera.build.webhook;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Who waits for which task; nothing is kept for tasks nobody waits for. */
@Extension
public class AnalysisSignals implements ExtensionPoint {
    private final Map<String, Semaphore> waiting = new ConcurrentHashMap<>();

    /** The one instance. */
    public static AnalysisSignals get() {
        return ExtensionList.lookupSingleton(AnalysisSignals.class);
    }

    /** Whoever waits for this task looks at once. */
    public void signal(String taskId) {
        Semaphore semaphore = waiting.get(taskId);
        if (semaphore != null) {
            semaphore.release();
        }
    }

    /** Waits for a signal, at most so long; whether one came. */
    public boolean await(String taskId, Duration longest) throws InterruptedException {
        Semaphore semaphore = waiting.computeIfAbsent(taskId, id -> new Semaphore(0));
        boolean came = semaphore.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
        semaphore.drainPermits();
        return came;
    }

    /** Nobody waits for this task any more. */
    public void forget(String taskId) {
        waiting.remove(taskId);
    }
}
