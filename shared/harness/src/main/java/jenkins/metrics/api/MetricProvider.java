package jenkins.metrics.api;

import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import hudson.ExtensionPoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Figures for the Metrics plugin, which asks for the set once; the harness declares it and never asks. */
public abstract class MetricProvider implements ExtensionPoint {

    /** Names and figures; the names do not change. */
    public abstract MetricSet getMetricSet();

    /** A set of these, without those that are null. */
    protected static MetricSet metrics(Map<String, Metric> metrics) {
        Map<String, Metric> kept = new LinkedHashMap<>(metrics);
        kept.values().removeIf(Objects::isNull);
        return () -> kept;
    }
}
