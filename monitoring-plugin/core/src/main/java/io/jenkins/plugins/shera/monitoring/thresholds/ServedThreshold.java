package io.jenkins.plugins.shera.monitoring.thresholds;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One limit of one application in one environment, as a daemon serves it for rules that are the same for all.
 *
 * @param namespace where its pods are
 * @param series what measures it: one of the series of the metric
 * @param severity {@code warning} or {@code critical}
 * @param lasting a rung of the {@link Ladder}
 * @param below true when small values are the bad ones
 */
public record ServedThreshold(
        String tenant,
        String application,
        String environment,
        String namespace,
        String metric,
        String series,
        String severity,
        Duration lasting,
        boolean below,
        double limit)
        implements Serializable {

    /** The severity above a warning. */
    public static final String CRITICAL = "critical";

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String NAME = "[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?";
    private static final String CANARY = "-canary";

    /** Refuses what the rules could not tell apart or do not know. */
    public ServedThreshold {
        refuse("tenant", tenant.matches(LABEL));
        refuse("application", application.matches(NAME) && !application.endsWith(CANARY));
        refuse("environment", environment.matches(NAME));
        refuse("namespace", namespace.matches(LABEL));
        refuse("metric", Metric.of(metric).isPresent());
        refuse("series", find(metric, series).isPresent());
        refuse("severity", List.of("warning", CRITICAL).contains(severity));
        refuse("for", Ladder.has(lasting));
        refuse("limit", Double.isFinite(limit));
    }

    /** What no two served thresholds may have in common: rules find them by nothing else. */
    public record Key(String namespace, String application, String metric, String severity) {}

    private static void refuse(String field, boolean right) {
        if (!right) {
            throw new InvalidThresholdException(
                    field, "it cannot be served", "Bring this threshold into force by a rule of its own.");
        }
    }

    private static Optional<Measure> find(String metric, String series) {
        return Metric.of(metric).flatMap(each -> each.measures().stream()
                .filter(measure -> measure.series().equals(series))
                .findFirst());
    }

    /** That of one severity of a threshold; empty for what needs a rule of its own. */
    public static Optional<ServedThreshold> of(
            String tenant,
            String application,
            String environment,
            String namespace,
            Threshold threshold,
            Measure measure,
            String severity,
            double limit) {
        if (!threshold.runbook().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ServedThreshold(
                    tenant,
                    application,
                    environment,
                    namespace,
                    threshold.metric(),
                    measure.series(),
                    severity,
                    threshold.lasting(),
                    threshold.below(),
                    limit));
        } catch (InvalidThresholdException e) {
            return Optional.empty();
        }
    }

    /** By what it is measured. */
    public Measure measure() {
        return find(metric, series).orElseThrow();
    }

    /** By what it is told from all others. */
    public Key key() {
        return new Key(namespace, application, metric, severity);
    }

    /** {@code above} or {@code below}: on which side of the limit it is bad. */
    public String sign() {
        return below ? "below" : "above";
    }

    /** The labels of its sample; {@code container} is there for rules over containers, which are called as the application. */
    public Map<String, String> labels() {
        return Map.of(
                "tenant", tenant,
                "application", application,
                "container", application,
                "environment", environment,
                "namespace", namespace,
                "metric", metric,
                "series", series,
                "severity", severity,
                "sign", sign(),
                "for", Figures.text(lasting));
    }

    /** Reads a sample back; what is none of ours is refused. */
    public static ServedThreshold read(Map<String, String> labels, double limit) {
        return new ServedThreshold(
                labels.getOrDefault("tenant", ""),
                labels.getOrDefault("application", ""),
                labels.getOrDefault("environment", ""),
                labels.getOrDefault("namespace", ""),
                labels.getOrDefault("metric", ""),
                labels.getOrDefault("series", ""),
                labels.getOrDefault("severity", ""),
                Figures.duration("for", labels.getOrDefault("for", "-")),
                labels.getOrDefault("sign", "").equals("below"),
                limit);
    }
}
