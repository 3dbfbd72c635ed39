package io.jenkins.plugins.shera.platform.pages;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps what runs for a few seconds, so that a hundred people who look at a page cost a cluster no more than one. */
@Extension
public class RunningMemory implements ExtensionPoint {

    private static final long FRESH_NANOS = Duration.ofSeconds(3).toNanos();

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    static RunningMemory get() {
        return ExtensionList.lookupSingleton(RunningMemory.class);
    }

    /** What is kept under a key while it is fresh, else what the read gives; others who ask meanwhile wait for it. */
    List<RunningRow> of(String key, Supplier<List<RunningRow>> read) {
        Kept mine = kept.computeIfAbsent(key, unused -> new Kept());
        synchronized (mine) {
            if (mine.rows == null || System.nanoTime() - mine.at > FRESH_NANOS) {
                mine.rows = read.get();
                mine.at = System.nanoTime();
            }
            return mine.rows;
        }
    }

    private static final class Kept {
        private List<RunningRow> rows;
        private long at;
    }
}
