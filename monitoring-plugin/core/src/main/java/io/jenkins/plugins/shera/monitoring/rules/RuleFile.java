package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All rules of one tenant: one file with one group, whose names never change, so that Prometheus goes on with the groups of the
 * other tenants when this one is changed. Rules stand in a fixed order, after the recordings they look at.
 */
public record RuleFile(String tenant, List<AlertRule> rules, List<Recording> recordings) implements Serializable {

    private static final String GROUP = "shera-";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Puts them in order. */
    public RuleFile {
        rules = rules.stream()
                .sorted(Comparator.comparing(AlertRule::alert)
                        .thenComparing(rule -> rule.labels().toString()))
                .toList();
        recordings = List.copyOf(recordings);
    }

    /** Alerts alone. */
    public RuleFile(String tenant, List<AlertRule> rules) {
        this(tenant, rules, List.of());
    }

    /** Makes the rules of one application in one environment; {@code chosen} says by which measure. */
    public static List<AlertRule> rulesOf(
            AlertRule.Owner owner, String namespace, List<Effective> thresholds, Function<Threshold, Measure> chosen) {
        Subject subject = Subject.of(namespace, owner.application());
        List<AlertRule> rules = new ArrayList<>();
        for (Effective each : thresholds) {
            Threshold threshold = each.threshold();
            if (threshold.off()) {
                continue;
            }
            Measure measure = chosen.apply(threshold);
            if (threshold.warning() != null) {
                rules.add(AlertRule.of(owner, subject, threshold, measure, "warning", threshold.warning()));
            }
            if (threshold.critical() != null) {
                rules.add(AlertRule.of(owner, subject, threshold, measure, "critical", threshold.critical()));
            }
        }
        return rules;
    }

    /** The name of a tenant's file. */
    public static String fileName(String tenant) {
        return tenant + ".yml";
    }

    /** Whose file it is; nothing for a file of another kind. */
    static Optional<String> tenantOf(String fileName) {
        return fileName.matches("[a-z0-9][a-z0-9-]*\\.yml")
                ? Optional.of(fileName.substring(0, fileName.length() - ".yml".length()))
                : Optional.empty();
    }

    /** Whose group it is; nothing for a group of another kind. */
    static Optional<String> ofGroup(String group) {
        return group.startsWith(GROUP) ? tenantOf(fileName(group.substring(GROUP.length()))) : Optional.empty();
    }

    /** The name of a tenant's group. */
    public static String groupName(String tenant) {
        return GROUP + tenant;
    }

    /** The file's content: YAML, every text in it quoted. */
    public byte[] render() {
        String file = "# Written by SheRa; changes made here are overwritten.\ngroups:\n  - "
                + group().stripTrailing().replace("\n", "\n    ") + "\n";
        return file.getBytes(StandardCharsets.UTF_8);
    }

    /** The group alone, as a ruler takes it. */
    byte[] renderGroup() {
        return group().getBytes(StandardCharsets.UTF_8);
    }

    private String group() {
        StringBuilder yaml = new StringBuilder();
        yaml.append("name: ").append(quoted(groupName(tenant))).append("\nrules:\n");
        for (Recording each : recordings) {
            yaml.append("  - record: ").append(quoted(each.record())).append('\n');
            yaml.append("    expr: ").append(quoted(each.expr())).append('\n');
            if (!each.labels().isEmpty()) {
                map(yaml, "labels", each.labels());
            }
        }
        for (AlertRule rule : rules) {
            yaml.append("  - alert: ").append(quoted(rule.alert())).append('\n');
            yaml.append("    expr: ").append(quoted(rule.expr())).append('\n');
            if (!rule.lasting().isZero()) {
                yaml.append("    for: ").append(Expr.duration(rule.lasting())).append('\n');
            }
            map(yaml, "labels", rule.labels());
            map(yaml, "annotations", rule.annotations());
        }
        return yaml.toString();
    }

    private static void map(StringBuilder yaml, String name, Map<String, String> entries) {
        yaml.append("    ").append(name).append(":\n");
        entries.forEach((key, value) -> yaml.append("      ")
                .append(quoted(key))
                .append(": ")
                .append(quoted(value))
                .append('\n'));
    }

    /** A JSON string is a YAML string in double quotes. */
    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this text cannot be written: " + text, e);
        }
    }
}
