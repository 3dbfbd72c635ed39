package io.jenkins.plugins.shera.monitoring.sides;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures one side of a release in Prometheus. Only what is still being measured counts: rates and Prometheus' look-back go on for minutes
 * after a target is gone, so the time of the newest real sample is asked for, too.
 */
public final class SideMetrics {

    private final PrometheusClient prometheus;

    /** Asks this server. */
    public SideMetrics(PrometheusClient prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * The values of a metric, the last one dated by the newest sample behind it.
     *
     * @param metric id of a known metric, {@code successRate}, or the name of a series of the application's own
     * @return oldest first; nothing when no sample is there now, or when the newest value is no finite number
     * @throws IOException when there is no such metric or no answer
     */
    public List<Series.Sample> range(Subject subject, String metric, Instant since, Instant until, Duration step)
            throws IOException {
        Reading reading = Reading.of(metric);
        Optional<Measure> measure = present(reading, new Subject(subject.namespace(), subject.application(), ""));
        if (measure.isEmpty()) {
            return List.of();
        }
        Expr query = measure.get().of(subject);
        Optional<Double> newest = newest(query);
        List<Series> answer = newest.isEmpty() ? List.of() : prometheus.range(reading.of(query), since, until, step);
        return answer.isEmpty() ? List.of() : fresh(answer.get(0).samples(), newest.get(), until, step);
    }

    /** Chosen for both sides together, so that they are never measured in two different ways. */
    private Optional<Measure> present(Reading reading, Subject both) throws IOException {
        for (Measure measure : reading.measures()) {
            if (newest(measure.of(both)).isPresent()) {
                return Optional.of(measure);
            }
        }
        return Optional.empty();
    }

    /** When the newest sample behind an expression was taken, in seconds since 1970; empty when its series have ended. */
    private Optional<Double> newest(Expr query) throws IOException {
        Expr stamps = Expr.selectors(query).stream()
                .<Expr>map(selector -> Expr.call("timestamp", selector))
                .reduce((left, right) -> new Expr.Binary(left, "or", right))
                .orElseThrow();
        return prometheus.now(new Expr.Aggregate("max", List.of(), stamps)).stream()
                .flatMap(series -> series.samples().stream())
                .map(Series.Sample::value)
                .findFirst();
    }

    private static List<Series.Sample> fresh(List<Series.Sample> samples, double newest, Instant until, Duration step) {
        double lastMoment = (until.toEpochMilli() - step.toMillis()) / 1000.0;
        // The client leaves out what is no finite number: a last point that is missing was NaN or is gone.
        if (samples.isEmpty() || samples.get(samples.size() - 1).at() < lastMoment - 0.001) {
            return List.of();
        }
        List<Series.Sample> dated = new ArrayList<>();
        samples.stream().filter(sample -> sample.at() < newest).forEach(dated::add);
        Series.Sample last = samples.get(samples.size() - 1);
        if (last.at() < newest) {
            return dated;
        }
        dated.add(new Series.Sample(newest, last.value()));
        return dated;
    }
}
