package io.jenkins.plugins.shera.monitoring.thresholds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What holds for one metric of one application in one environment.
 *
 * @param threshold what wins
 * @param level where it was set
 * @param overrides what it takes the place of, the nearest first
 */
public record Effective(Threshold threshold, Level level, List<Effective> overrides) {

    /** Keeps its own copy. */
    public Effective {
        overrides = List.copyOf(overrides);
    }

    /** The thresholds in force, by metric; the levels come the farthest first. Those switched off are among them. */
    public static Collection<Effective> of(Map<Level, List<Threshold>> levels) {
        Map<String, Effective> byMetric = new LinkedHashMap<>();
        for (Level level : Level.values()) {
            for (Threshold threshold : levels.getOrDefault(level, List.of())) {
                Effective before = byMetric.get(threshold.metric());
                List<Effective> overridden = new ArrayList<>();
                if (before != null) {
                    overridden.add(new Effective(before.threshold(), before.level(), List.of()));
                    overridden.addAll(before.overrides());
                }
                byMetric.put(threshold.metric(), new Effective(threshold, level, overridden));
            }
        }
        return byMetric.values();
    }
}
