package io.jenkins.plugins.shera.monitoring.pages.charts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.charts.JoinedChart;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Charts as the page and REST read them. */
final class ChartJson {
    private ChartJson() {}

    /** A chart, with {@code past} where its beginning is a history's. */
    static void put(ObjectNode to, JoinedChart joined, List<Effective> thresholds) {
        Chart chart = joined.chart();
        Metric metric = chart.metric();
        to.put("metric", metric.id())
                .put("unit", metric.unit().name().toLowerCase(Locale.ROOT))
                .put("series", chart.measure().map(Measure::series).orElse(""))
                .put("exporter", chart.measure().map(Measure::exporter).orElse(""))
                .put("left", chart.left());
        joined.past().ifPresent(recorded -> to.putObject("past")
                .put("measurement", recorded.measurement())
                .put("until", joined.change())
                .put("step", joined.pastStep()));
        for (Effective each : thresholds) {
            if (each.threshold().metric().equals(metric.id())
                    && !each.threshold().off()) {
                to.put("warning", each.threshold().warning());
                to.put("critical", each.threshold().critical());
            }
        }
        ArrayNode lines = to.putArray("lines");
        for (Chart.Line line : chart.lines()) {
            ArrayNode points = lines.addObject().put("pod", line.pod()).putArray("points");
            for (Series.Sample sample : line.samples()) {
                points.addArray().add(sample.at()).add(sample.value());
            }
        }
    }

    /** {@code keeps}, in seconds, and {@code keptSince} where the stretch begins before what Prometheus keeps. */
    static void putKept(ObjectNode to, Optional<Duration> keeps, Chart.Span span) {
        keeps.ifPresent(time -> {
            to.put("keeps", time.toSeconds());
            Instant since = Instant.now().minus(time);
            if (span.since().isBefore(since)) {
                to.put("keptSince", since.toString());
            }
        });
    }
}
