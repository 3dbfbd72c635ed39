package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Runbook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One alerting rule. Its labels differ from those of every other rule of the tenant, so that promtool finds no duplicates; they do
 * not hold the limit, so that an alert stays the same alert when the limit is moved.
 *
 * @param served the same as a threshold for the rules of {@link LadderRules}; null for what they cannot say
 */
public record AlertRule(
        String alert,
        String expr,
        Duration lasting,
        Map<String, String> labels,
        Map<String, String> annotations,
        ServedThreshold served)
        implements Serializable {

    /** The annotation by which a rule is known again when it is read back: a digest of all the rest. */
    public static final String MARK = "shera_rule";

    /** Keeps its own copies, and marks itself. */
    public AlertRule {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        Map<String, String> marked = new LinkedHashMap<>(annotations);
        marked.remove(MARK);
        String all = alert + '\0' + expr + '\0' + lasting + '\0' + labels + '\0' + new TreeMap<>(marked);
        marked.put(MARK, digest(all));
        annotations = Collections.unmodifiableMap(marked);
    }

    /** A rule that stands for itself alone. */
    public AlertRule(
            String alert, String expr, Duration lasting, Map<String, String> labels, Map<String, String> annotations) {
        this(alert, expr, lasting, labels, annotations, null);
    }

    /** Where a rule could be kept makes it no other rule. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AlertRule rule
                && alert.equals(rule.alert)
                && expr.equals(rule.expr)
                && lasting.equals(rule.lasting)
                && labels.equals(rule.labels)
                && annotations.equals(rule.annotations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(alert, expr, lasting, labels, annotations);
    }

    /** The rule that a served threshold stands for. */
    static AlertRule of(ServedThreshold served) {
        boolean critical = served.severity().equals(ServedThreshold.CRITICAL);
        Threshold threshold = new Threshold(
                served.metric(),
                critical ? null : served.limit(),
                critical ? served.limit() : null,
                served.lasting(),
                served.below(),
                false);
        return of(
                new Owner(served.tenant(), served.application(), served.environment()),
                Subject.of(served.namespace(), served.application()),
                threshold,
                served.measure(),
                served.severity(),
                served.limit());
    }

    /** The same without the word that it could be served. */
    AlertRule inFile() {
        return new AlertRule(alert, expr, lasting, labels, annotations);
    }

    /** Whose rule it is. */
    public record Owner(String tenant, String application, String environment) {}

    /** The rule of one severity of a threshold. */
    static AlertRule of(
            Owner owner, Subject subject, Threshold threshold, Measure measure, String severity, double limit) {
        String sign = threshold.below() ? "<" : ">";
        Expr expr = new Expr.Binary(measure.of(subject), sign, new Expr.Number(limit));
        String shown =
                new BigDecimal(Double.toString(limit)).stripTrailingZeros().toPlainString();
        Map<String, String> labels = Map.of(
                "tenant", owner.tenant(),
                "application", owner.application(),
                "environment", owner.environment(),
                "metric", threshold.metric(),
                "severity", severity,
                "managed_by", "shera");
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(
                "summary",
                owner.application() + " (" + owner.environment() + "): " + threshold.metric()
                        + " is {{ $value | humanize }}, " + (threshold.below() ? "below " : "above ") + shown);
        annotations.put(
                "description",
                "{{ with $labels.pod }}Pod {{ . }}. {{ end }}Measured by " + measure.series() + " ("
                        + measure.exporter() + ").");
        annotations.put("threshold", shown);
        if (!threshold.runbook().isEmpty()) {
            annotations.put(Runbook.ANNOTATION, threshold.runbook());
        }
        ServedThreshold served = ServedThreshold.of(
                        owner.tenant(),
                        owner.application(),
                        owner.environment(),
                        subject.namespace(),
                        threshold,
                        measure,
                        severity,
                        limit)
                .orElse(null);
        return new AlertRule(name(threshold.metric()), expr.text(), threshold.lasting(), labels, annotations, served);
    }

    /** {@code errorRate} becomes {@code SheraErrorRate}. */
    static String name(String metric) {
        StringBuilder name = new StringBuilder("Shera");
        boolean up = true;
        for (char each : metric.toCharArray()) {
            if (each == '_' || each == ':') {
                up = true;
            } else {
                name.append(up ? Character.toUpperCase(each) : each);
                up = false;
            }
        }
        return name.toString();
    }

    String mark() {
        return annotations.get(MARK);
    }

    static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
