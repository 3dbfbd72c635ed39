package io.jenkins.plugins.shera.monitoring.charts;

import io.jenkins.plugins.shera.monitoring.history.InfluxHistory;
import io.jenkins.plugins.shera.monitoring.history.Recorded;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A chart whose beginning, where Prometheus has nothing yet, comes from a history. Up to the change every value is the history's, from then on
 * every value is Prometheus'; between them nothing is filled in.
 *
 * @param past how the history keeps the metric; empty when nothing of it is in the chart
 * @param change where Prometheus begins, in seconds since 1970; the end of the chart where it has nothing
 * @param pastStep seconds between two values of the history
 */
public record JoinedChart(Chart chart, Optional<Recorded> past, double change, long pastStep) {

    /** Heapster's usual distance between two values: a smaller step has holes. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** The chart alone. */
    public static JoinedChart of(Chart chart) {
        return new JoinedChart(chart, Optional.empty(), 0, 0);
    }

    /** Whether the beginning of the stretch is empty, so that a history is worth asking. */
    public static boolean isOpen(Chart chart, Chart.Span span) {
        return first(chart, span)
                > span.since().getEpochSecond() + 2 * span.step().toSeconds();
    }

    private static double first(Chart chart, Chart.Span span) {
        return chart.lines().stream()
                .mapToDouble(line -> line.samples().get(0).at())
                .min()
                .orElse(span.until().getEpochSecond() + span.step().toSeconds());
    }

    /** Asks the history for the beginning that the chart lacks. */
    public static JoinedChart read(Chart chart, InfluxHistory history, Subject subject, Chart.Span span)
            throws IOException {
        Optional<Recorded> recorded = history.recorded(chart.metric());
        if (recorded.isEmpty() || !isOpen(chart, span)) {
            return of(chart);
        }
        double change = first(chart, span);
        Duration step = span.step().compareTo(SHORTEST) < 0 ? SHORTEST : span.step();
        Instant end = Instant.ofEpochMilli((long) (change * 1000));
        TreeMap<String, List<Series.Sample>> lines = new TreeMap<>();
        boolean any = false;
        for (Series series : history.range(subject, recorded.get(), span.since(), end, step)) {
            // InfluxDB dates a step by its beginning, which may lie before what was asked for.
            List<Series.Sample> samples = series.samples().stream()
                    .filter(sample -> sample.at() >= span.since().getEpochSecond() && sample.at() < change)
                    .toList();
            if (!samples.isEmpty()) {
                lines.computeIfAbsent(series.labels().getOrDefault("pod", ""), pod -> new ArrayList<>())
                        .addAll(samples);
                any = true;
            }
        }
        if (!any) {
            return of(chart);
        }
        for (Chart.Line line : chart.lines()) {
            lines.computeIfAbsent(line.pod(), pod -> new ArrayList<>()).addAll(line.samples());
        }
        List<Chart.Line> all = lines.entrySet().stream()
                .map(each -> new Chart.Line(each.getKey(), each.getValue()))
                .toList();
        Chart joined = Chart.of(chart.metric(), chart.measure(), all, chart.left());
        return new JoinedChart(joined, recorded, Math.min(change, span.until().getEpochSecond()), step.toSeconds());
    }
}
