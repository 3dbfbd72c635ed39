package io.jenkins.plugins.shera.monitoring.prometheus;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which of the known series a namespace has, asked in one query. */
public final class Probe {

    private final Set<String> present;

    private Probe(Set<String> present) {
        this.present = present;
    }

    /** Asks now. */
    public static Probe of(PrometheusClient prometheus, String namespace) throws IOException {
        List<String> names = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            metric.measures().forEach(measure -> names.add(measure.series()));
        }
        Expr known =
                new Expr.Selector("", List.of(Matcher.anyOf("__name__", names), Matcher.equal("namespace", namespace)));
        Set<String> present = new HashSet<>();
        for (Series series : prometheus.now(new Expr.Aggregate("count", List.of("__name__"), known))) {
            present.add(series.labels().getOrDefault("__name__", ""));
        }
        return new Probe(present);
    }

    /** The best of these measures that exists; empty when the namespace has none of them. */
    public Optional<Measure> choose(List<Measure> measures) {
        return measures.stream()
                .filter(measure -> present.contains(measure.series()))
                .findFirst();
    }
}
