package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionPoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Gives series of measurements for one application in one environment. */
public interface MetricSource extends ExtensionPoint {

    /** The name by which steps choose it: {@code prometheus}. */
    String name();

    /** Whether it is the one meant where a step names none; a source of old values is not. */
    default boolean isUsual() {
        return true;
    }

    /**
     * The values of a metric over a time range. No data is an empty list, which a verdict must treat as an error and never as a pass.
     *
     * @throws IOException when the source did not answer; its text tells the user what to do
     */
    List<MetricSeries> range(Scope scope, String metric, Instant since, Instant until, Duration step)
            throws IOException;

    /** What is measured; {@code side} is {@code stable}, {@code canary} or empty for both. */
    record Scope(String tenant, String application, String environment, String side) {}
}
