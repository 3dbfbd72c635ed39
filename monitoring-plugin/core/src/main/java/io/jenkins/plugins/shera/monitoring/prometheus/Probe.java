package io.jenkins.plugins.shera.monitoring.prometheus;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of the known series a namespace has, asked in one query. */
public final class Probe {

    private final Map<String, Set<String>> jobs;

    private Probe(Map<String, Set<String>> jobs) {
        this.jobs = jobs;
    }

    /** Asks now. */
    public static Probe of(PrometheusClient prometheus, String namespace) throws IOException {
        List<String> names = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            metric.measures().forEach(measure -> names.add(measure.series()));
        }
        Expr known =
                new Expr.Selector("", List.of(Matcher.anyOf("__name__", names), Matcher.equal("namespace", namespace)));
        Map<String, Set<String>> jobs = new HashMap<>();
        for (Series series : prometheus.now(new Expr.Aggregate("count", List.of("__name__", "job"), known))) {
            jobs.computeIfAbsent(series.labels().getOrDefault("__name__", ""), name -> new HashSet<>())
                    .add(series.labels().getOrDefault("job", ""));
        }
        return new Probe(jobs);
    }

    /** The best of these measures that exists; empty when the namespace has none of them. */
    public Optional<Measure> choose(List<Measure> measures) {
        return measures.stream()
                .filter(measure -> jobs.containsKey(measure.series()))
                .findFirst();
    }

    /** How often a series is scraped; by the usual interval where it is not there yet. */
    public Duration scrape(Measure measure, Intervals intervals) {
        return jobs.getOrDefault(measure.series(), Set.of()).stream()
                .map(intervals::of)
                .max(Comparator.naturalOrder())
                .orElse(intervals.scrape());
    }
}
