package io.jenkins.plugins.shera.monitoring.history;

import java.util.Map;

/**
 * How an InfluxDB keeps one metric.
 *
 * @param factor by which a value is multiplied to be in the metric's unit
 * @param counter whether it only grows, and its growth in a second is meant
 * @param ofContainer whether each container has a value of its own, or only the pod
 * @param tags values that tags must have besides
 */
public record Recorded(
        String measurement,
        String field,
        double factor,
        boolean counter,
        boolean ofContainer,
        Map<String, String> tags) {

    /** Keeps its own copy. */
    public Recorded {
        tags = Map.copyOf(tags);
    }
}
