package io.jenkins.plugins.shera.monitoring.charts;

import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One metric of an application in one namespace, pod by pod. The query is made here from a typed tree; of what a reader asks only the
 * metric's id, the times and the step come in.
 *
 * @param measure by what it is measured; empty when the namespace has no such series
 * @param lines one for each pod, by name; for a metric of the application as a whole one without a name
 * @param left how many pods there were besides
 */
public record Chart(Metric metric, Optional<Measure> measure, List<Line> lines, int left) {

    private static final int MOST_LINES = 30;
    private static final int MOST_POINTS = 500;
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(15);

    /** Values of one pod, oldest first; where nothing was measured there is no value. */
    public record Line(String pod, List<Series.Sample> samples) {
        /** Keeps its own copy. */
        public Line {
            samples = List.copyOf(samples);
        }

        double last() {
            return samples.get(samples.size() - 1).value();
        }
    }

    /** A stretch of time with moments at equal distances. */
    public record Span(Instant since, Instant until, Duration step) {

        /**
         * The stretch with a step that gives a few hundred moments, all at whole steps since 1970, so that a chart that is read again does
         * not tremble.
         *
         * @throws IllegalArgumentException when it is empty or longer than 31 days
         */
        public static Span of(Instant since, Instant until) {
            Duration length = Duration.between(since, until);
            if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a chart shows more than nothing and at most 31 days");
            }
            long seconds = Math.max(SHORTEST_STEP.toSeconds(), (length.toSeconds() + MOST_POINTS - 1) / MOST_POINTS);
            long step = (seconds + 14) / 15 * 15;
            long end = until.getEpochSecond() / step * step;
            long begin = since.getEpochSecond() / step * step;
            return new Span(Instant.ofEpochSecond(begin), Instant.ofEpochSecond(end), Duration.ofSeconds(step));
        }
    }

    /** Keeps its own copy. */
    public Chart {
        lines = List.copyOf(lines);
    }

    /** Reads a metric. */
    public static Chart read(PrometheusClient prometheus, Probe probe, Subject subject, Metric metric, Span span)
            throws IOException {
        Optional<Measure> measure = probe.choose(metric.measures());
        if (measure.isEmpty()) {
            return new Chart(metric, measure, List.of(), 0);
        }
        List<Line> lines = new ArrayList<>();
        for (Series series : prometheus.range(measure.get().of(subject), span.since(), span.until(), span.step())) {
            String namespace = series.labels().getOrDefault("namespace", subject.namespace());
            if (namespace.equals(subject.namespace())) {
                lines.add(new Line(series.labels().getOrDefault("pod", ""), series.samples()));
            }
        }
        return of(metric, measure, lines, 0);
    }

    /** The lines with the greatest newest values, by name. */
    static Chart of(Metric metric, Optional<Measure> measure, List<Line> all, int leftBefore) {
        List<Line> lines = new ArrayList<>(all);
        lines.sort(Comparator.comparingDouble(Line::last).reversed().thenComparing(Line::pod));
        int left = Math.max(0, lines.size() - MOST_LINES);
        List<Line> shown = new ArrayList<>(lines.subList(0, lines.size() - left));
        shown.sort(Comparator.comparing(Line::pod));
        return new Chart(metric, measure, shown, left + leftBefore);
    }
}
