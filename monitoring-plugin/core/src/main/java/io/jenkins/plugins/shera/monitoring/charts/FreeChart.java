package io.jenkins.plugins.shera.monitoring.charts;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.promql.parse.Query;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a query that somebody wrote gives over a stretch of time.
 *
 * @param left series that are not among the lines: those with the smallest values
 */
public record FreeChart(List<Chart.Line> lines, int left) {

    private static final int MOST_LINES = 30;

    /** Keeps its own copy. */
    public FreeChart {
        lines = List.copyOf(lines);
    }

    /** Asks. */
    public static FreeChart read(PrometheusClient prometheus, Query query, Chart.Span span) throws IOException {
        List<Chart.Line> all = prometheus.range(query, span.since(), span.until(), span.step()).stream()
                .map(series -> new Chart.Line(name(series), series.samples()))
                .sorted(Comparator.comparingDouble(Chart.Line::last).reversed().thenComparing(Chart.Line::pod))
                .toList();
        List<Chart.Line> shown = all.stream()
                .limit(MOST_LINES)
                .sorted(Comparator.comparing(Chart.Line::pod))
                .toList();
        return new FreeChart(shown, all.size() - shown.size());
    }

    /** The series as PromQL would write it, without quotes: {@code up{pod=a}}. */
    private static String name(Series series) {
        TreeMap<String, String> labels = new TreeMap<>(series.labels());
        String metric = labels.containsKey("__name__") ? labels.remove("__name__") : "";
        return metric
                + labels.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
