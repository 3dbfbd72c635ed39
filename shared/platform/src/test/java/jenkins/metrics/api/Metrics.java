package jenkins.metrics.api;

import com.codahale.metrics.MetricRegistry;

/** Where the Metrics plugin keeps its registry; the harness does not play that plugin. */
public final class Metrics {
    private static final MetricRegistry REGISTRY = new MetricRegistry();

    private Metrics() {}

    public static MetricRegistry metricRegistry() {
        return REGISTRY;
    }
}
