package io.jenkins.plugins.shera.monitoring.thresholds;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import java.util.function.BiFunction;

/**
 * One way to measure something: a series that some exporter has, and the query over it.
 *
 * @param exporter who has the series, as users are told
 * @param series the metric that must exist
 */
public record Measure(String exporter, String series, BiFunction<String, Subject, Expr> query) {

    /** The query for one application. */
    public Expr of(Subject subject) {
        return query.apply(series, subject);
    }
}
