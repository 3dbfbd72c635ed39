package io.jenkins.plugins.shera.monitoring.history;

import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Measures one side of a release in an InfluxDB, as one line that a verdict can be made of. */
public final class PastSides {

    private final InfluxHistory history;

    /** Asks this one. */
    public PastSides(InfluxHistory history) {
        this.history = history;
    }

    /**
     * The values of a metric, for all pods of the side together: added up for requests, the mean of the pods for all others. Each is dated by
     * the beginning of its step, so that it never looks newer than it is.
     *
     * @return oldest first; nothing when nothing was measured
     * @throws IOException when the metric is not kept here, or there is no answer
     */
    public List<Series.Sample> range(Subject subject, String metric, Instant since, Instant until, Duration step)
            throws IOException {
        Metric known = Metric.of(metric).orElse(null);
        Recorded recorded = known == null ? null : history.recorded(known).orElse(null);
        if (recorded == null) {
            throw new IOException("metric: '" + (metric.length() > 80 ? metric.substring(0, 80) + "\u2026" : metric)
                    + "' is not among what the history " + history.name() + " has: "
                    + history.schema().metrics().keySet().stream().sorted().toList()
                    + ". Take one of them, or map it in its settings.");
        }
        TreeMap<Double, double[]> moments = new TreeMap<>();
        for (Series series : history.range(subject, recorded, since, until, step)) {
            for (Series.Sample sample : series.samples()) {
                double[] sum = moments.computeIfAbsent(sample.at(), at -> new double[2]);
                sum[0] += sample.value();
                sum[1]++;
            }
        }
        return moments.entrySet().stream()
                .map(each -> new Series.Sample(
                        each.getKey(),
                        known == Metric.REQUESTS ? each.getValue()[0] : each.getValue()[0] / each.getValue()[1]))
                .toList();
    }
}
