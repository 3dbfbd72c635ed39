package io.jenkins.plugins.shera.platform.extension;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One line of a chart: its labels and its points in time order. */
public record MetricSeries(Map<String, String> labels, List<Point> points) {

    /** Keeps its own copies. */
    public MetricSeries {
        labels = Map.copyOf(labels);
        points = List.copyOf(points);
    }

    /** One measured value. */
    public record Point(Instant at, double value) {}
}
