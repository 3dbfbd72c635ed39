package io.jenkins.plugins.shera.monitoring.sides;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a metric becomes one number for all pods of a side.
 *
 * @param measures ways to measure it, the best first
 * @param over {@code sum} for what adds up, {@code avg} for what is to be compared between sides of different size
 */
record Reading(List<Measure> measures, String over) {

    private static final String SUCCESS_RATE = "successRate";
    private static final String SERIES = "[a-zA-Z_:][a-zA-Z0-9_:]{0,199}";

    /** The reading of a known metric, of {@code successRate}, or of a series of the application's own. */
    static Reading of(String metric) throws IOException {
        if (metric.equals(SUCCESS_RATE)) {
            return new Reading(
                    Metric.ERROR_RATE.measures().stream().map(Reading::inverse).toList(), "avg");
        }
        Metric known = Metric.of(metric).orElse(null);
        if (known != null) {
            return new Reading(known.measures(), known == Metric.REQUESTS || known == Metric.RESTARTS ? "sum" : "avg");
        }
        if (!metric.matches(SERIES)) {
            throw new IOException("metric: '" + (metric.length() > 80 ? metric.substring(0, 80) + "\u2026" : metric)
                    + "' is neither a known metric nor the name of a series. Take one of " + known()
                    + ", or the name of a gauge or of a counter that ends in _total.");
        }
        return metric.endsWith("_total")
                ? new Reading(List.of(Metric.ownRate(metric)), "sum")
                : new Reading(List.of(Metric.own(metric)), "avg");
    }

    Expr of(Expr perPod) {
        return new Expr.Aggregate(over, List.of(), perPod);
    }

    private static Measure inverse(Measure errors) {
        return new Measure(
                errors.exporter(),
                errors.series(),
                (series, subject) -> new Expr.Binary(
                        new Expr.Number(100), "-", errors.query().apply(series, subject)));
    }

    private static String known() {
        return SUCCESS_RATE + ", "
                + Arrays.stream(Metric.values()).map(Metric::id).collect(Collectors.joining(", "));
    }
}
