package io.jenkins.plugins.shera.monitoring.prometheus;

import java.util.List;
import java.util.Map;

/**
 * One series of an answer; values that are no finite number are left out unless they were asked for.
 *
 * @param labels the name of the metric among them, as {@code __name__}
 */
public record Series(Map<String, String> labels, List<Sample> samples) {

    /** Keeps its own copies. */
    public Series {
        labels = Map.copyOf(labels);
        samples = List.copyOf(samples);
    }

    /** One value; {@code at} is in seconds since 1970. */
    public record Sample(double at, double value) {}
}
