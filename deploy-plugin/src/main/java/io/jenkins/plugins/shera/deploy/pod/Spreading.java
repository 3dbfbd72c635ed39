package io.jenkins.plugins.shera.deploy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Rules by which pods of one application keep away from each other. They look at pods of the same revision only, so that a rolling
 * update and a canary are not kept waiting by the pods they replace or stand beside.
 */
final class Spreading {

    private static final String NAME = "app.kubernetes.io/name";
    private static final String REVISION = "pod-template-hash";
    private static final Set<String> NOT_CHOSEN_BY = Set.of("shera.io/track", REVISION);

    private Spreading() {}

    static void onto(ObjectNode template, JsonNode spread, JsonNode antiAffinity) {
        ObjectNode pod = template.withObjectProperty("spec");
        if (!spread.isEmpty()) {
            pod.remove("topologySpreadConstraints");
        }
        for (JsonNode each : spread) {
            ObjectNode constraint = each.deepCopy();
            choose(template, constraint);
            pod.withArrayProperty("topologySpreadConstraints").add(constraint);
        }
        if (!antiAffinity.isEmpty()) {
            pod.withObjectProperty("affinity").remove("podAntiAffinity");
        }
        for (JsonNode each : antiAffinity) {
            ObjectNode rules = pod.withObjectProperty("affinity").withObjectProperty("podAntiAffinity");
            ObjectNode term = each.path("required").asBoolean()
                    ? rules.withArrayProperty("requiredDuringSchedulingIgnoredDuringExecution")
                            .addObject()
                    : rules.withArrayProperty("preferredDuringSchedulingIgnoredDuringExecution")
                            .addObject()
                            .put("weight", 100)
                            .putObject("podAffinityTerm");
            term.put("topologyKey", each.path("topologyKey").asText());
            choose(template, term);
        }
    }

    private static void choose(ObjectNode template, ObjectNode rule) {
        ObjectNode labels = rule.putObject("labelSelector").putObject("matchLabels");
        JsonNode own = template.path("metadata").path("labels");
        if (own.has(NAME)) {
            labels.set(NAME, own.get(NAME));
        } else {
            for (Map.Entry<String, JsonNode> label : own.properties()) {
                if (!NOT_CHOSEN_BY.contains(label.getKey())) {
                    labels.set(label.getKey(), label.getValue());
                }
            }
        }
        rule.putArray("matchLabelKeys").add(REVISION);
    }
}
