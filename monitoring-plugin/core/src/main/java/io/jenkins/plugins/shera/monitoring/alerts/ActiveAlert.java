package io.jenkins.plugins.shera.monitoring.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.thresholds.Runbook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert of one tenant that is pending or firing.
 *
 * @param runbook address of a page that says what to do; empty for none, and for one that nobody may be sent to
 * @param state {@code pending} while the value is not yet beyond the limit for long enough, then {@code firing}
 * @param since when the value went beyond the limit, as Prometheus writes it
 * @param value what is measured now, as Prometheus writes it
 */
public record ActiveAlert(
        Map<String, String> labels,
        String summary,
        String description,
        String runbook,
        String state,
        String since,
        String value) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Keeps its own copy. */
    public ActiveAlert {
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** A label's value, empty where there is none. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** The same for as long as the labels are the same, and the same that Alertmanager gives it where no server adds labels. */
    public String fingerprint() {
        long hash = FNV_OFFSET;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            hash = hashed(hashed(hash, label.getKey()), label.getValue());
        }
        return String.format("%016x", hash);
    }

    private static long hashed(long before, String text) {
        long hash = before;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return (hash ^ 0xff) * FNV_PRIME;
    }

    /**
     * The alerts of a tenant's own group, the critical ones first; those of other groups are not looked at, whatever their labels say.
     *
     * @param rules answer of {@code /api/v1/rules}
     */
    public static List<ActiveAlert> of(JsonNode rules, String tenant) {
        return of(rules, tenant, tenant);
    }

    /** The same of the group that {@code owner} has, where that is one for everybody. */
    public static List<ActiveAlert> of(JsonNode rules, String owner, String tenant) {
        List<ActiveAlert> all = new ArrayList<>();
        for (JsonNode group : rules.path("groups")) {
            if (group.path("name").asText().equals(RuleFile.groupName(owner))) {
                for (JsonNode rule : group.path("rules")) {
                    rule.path("alerts").forEach(alert -> all.add(read(alert)));
                }
            }
        }
        all.removeIf(alert -> !alert.label("tenant").equals(tenant));
        all.sort(Comparator.comparing((ActiveAlert alert) -> alert.state().equals("firing") ? 0 : 1)
                .thenComparing(alert -> alert.label("severity").equals("critical") ? 0 : 1)
                .thenComparing(ActiveAlert::since)
                .thenComparing(alert -> alert.labels().toString()));
        return all;
    }

    private static ActiveAlert read(JsonNode alert) {
        Map<String, String> labels = new TreeMap<>();
        alert.path("labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asText()));
        JsonNode annotations = alert.path("annotations");
        return new ActiveAlert(
                labels,
                annotations.path("summary").asText(),
                annotations.path("description").asText(),
                Runbook.orEmpty(annotations.path(Runbook.ANNOTATION).asText()),
                alert.path("state").asText(),
                alert.path("activeAt").asText(),
                alert.path("value").asText());
    }
}
