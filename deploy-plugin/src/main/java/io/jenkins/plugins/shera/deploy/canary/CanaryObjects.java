package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.rollout.Replicas;
import java.util.Set;

/** Makes the objects of the canary, and the stable Deployment with another pod template, from what is in the cluster. */
public final class CanaryObjects {

    /** Label that tells the sides apart. */
    public static final String TRACK = "shera.io/track";

    private static final Set<String> NOT_COPIED = Set.of(
            "deployment.kubernetes.io/revision",
            "kubectl.kubernetes.io/last-applied-configuration",
            Replicas.ASLEEP_FROM);

    private final RolloutPlan plan;

    CanaryObjects(RolloutPlan plan) {
        this.plan = plan;
    }

    /** The labels by which the canary's pods are selected: those of stable, with one changed so that no selector of stable takes them. */
    public static ObjectNode selector(JsonNode stable) {
        ObjectNode labels =
                stable.path("spec").path("selector").path("matchLabels").deepCopy();
        if (!labels.has(TRACK)) {
            String first = labels.fieldNames().next();
            labels.put(first, suffixed(labels.path(first).asText()));
        }
        return labels.put(TRACK, "canary");
    }

    private static String suffixed(String value) {
        return (value.length() > 56 ? value.substring(0, 56) : value) + "-canary";
    }

    /** All labels of the canary's pods. */
    public static ObjectNode podLabels(JsonNode stable, JsonNode template) {
        ObjectNode labels = template.path("metadata").path("labels").isObject()
                ? template.path("metadata").path("labels").deepCopy()
                : JsonNodeFactory.instance.objectNode();
        labels.setAll(selector(stable));
        return labels;
    }

    ObjectNode deployment(JsonNode stable, int replicas, long generation) {
        ObjectNode object = object("apps/v1", "Deployment", stable);
        object.withObject("/metadata/annotations")
                .put("shera.io/rollout", plan.id())
                .put("shera.io/rollout-generation", String.valueOf(generation));
        ObjectNode spec = object.putObject("spec");
        spec.put("replicas", replicas).put("revisionHistoryLimit", 1);
        spec.put("progressDeadlineSeconds", Math.max(plan.deadlineSeconds(), minReady(stable) + 1));
        spec.put("minReadySeconds", minReady(stable));
        spec.putObject("selector").set("matchLabels", selector(stable));
        ObjectNode template = plan.canaryTemplate().deepCopy();
        template.withObjectProperty("metadata").set("labels", podLabels(stable, plan.canaryTemplate()));
        spec.set("template", template);
        return object;
    }

    private static int minReady(JsonNode stable) {
        return stable.path("spec").path("minReadySeconds").asInt(0);
    }

    ObjectNode service(JsonNode stable, JsonNode stableService) {
        ObjectNode object = object("v1", "Service", stableService);
        ObjectNode spec = object.putObject("spec");
        spec.set("selector", selector(stable));
        for (JsonNode port : stableService.path("spec").path("ports")) {
            ObjectNode copy = port.deepCopy();
            copy.remove("nodePort");
            spec.withArrayProperty("ports").add(copy);
        }
        return object;
    }

    private ObjectNode object(String apiVersion, String kind, JsonNode like) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", plan.subject().canary())
                .put("namespace", plan.subject().namespace());
        ObjectNode labels = metadata.putObject("labels");
        like.path("metadata").path("labels").properties().forEach(each -> labels.set(each.getKey(), each.getValue()));
        labels.put(TRACK, "canary").put("app.kubernetes.io/managed-by", "shera");
        ObjectNode annotations = metadata.putObject("annotations");
        annotations.put("shera.io/tenant", plan.subject().tenant());
        annotations.put("shera.io/application", plan.subject().application());
        annotations.put("shera.io/environment", plan.subject().environment());
        return object;
    }

    /** The same with this mark of the APM switch, empty for none. */
    static ObjectNode marked(ObjectNode stable, String mark) {
        ObjectNode annotations = stable.withObject("/metadata/annotations");
        annotations.remove(ApmState.MARK);
        if (!mark.isEmpty()) {
            annotations.put(ApmState.MARK, mark);
        }
        return stable;
    }

    /** Stable as {@link #alike} has it, with the marks of this rollout. */
    ObjectNode stable(JsonNode live, JsonNode template, boolean scaled, long generation) {
        ObjectNode object = alike(plan.subject(), live, template, scaled);
        ObjectNode annotations = object.withObject("/metadata/annotations");
        annotations.put("shera.io/rollout", plan.id());
        annotations.put("shera.io/rollout-generation", String.valueOf(generation));
        if (!plan.build().isEmpty()) {
            annotations.put("shera.io/build", plan.build());
        }
        annotations.put("shera.io/request", plan.id());
        return object;
    }

    /**
     * Stable as it is, with this pod template, for server-side apply: every field is named with the value it has, so that applying takes
     * nothing away; the number of pods only where it was ours already and no autoscaler owns it.
     */
    static ObjectNode alike(Subject subject, JsonNode live, JsonNode template, boolean scaled) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "apps/v1").put("kind", live.path("kind").asText("Deployment"));
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", subject.application()).put("namespace", subject.namespace());
        metadata.set("labels", live.path("metadata").path("labels").deepCopy());
        ObjectNode annotations = metadata.putObject("annotations");
        live.path("metadata").path("annotations").properties().forEach(each -> {
            if (!NOT_COPIED.contains(each.getKey())) {
                annotations.set(each.getKey(), each.getValue());
            }
        });
        ObjectNode spec = live.path("spec").deepCopy();
        if (scaled || !ownsReplicas(live)) {
            spec.remove("replicas");
        }
        spec.set("template", template);
        object.set("spec", spec);
        return object;
    }

    private static boolean ownsReplicas(JsonNode live) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals("shera")
                    && entry.path("operation").asText().equals("Apply")
                    && entry.path("fieldsV1").path("f:spec").has("f:replicas")) {
                return true;
            }
        }
        return false;
    }
}
