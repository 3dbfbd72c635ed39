package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps what an aborted canary said: last log lines and events of its pods, in the ConfigMap {@code <application>-rollout-evidence}. */
public final class Evidence {

    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final int MOST_PODS = 5;
    private static final int LINES = 200;
    private static final int LONGEST = 100_000;

    private final KubeApi api;
    private final Subject subject;

    /** Of the canary of this subject. */
    public Evidence(KubeApi api, Subject subject) {
        this.api = api;
        this.subject = subject;
    }

    private ObjectRef ref() {
        return new ObjectRef(CONFIG_MAP, subject.namespace(), subject.record() + "-evidence");
    }

    /** Collects and keeps it; what cannot be read is said in its place, and nothing here stops an abort. */
    void keepOf(RolloutPlan plan, JsonNode canary) throws KubeException {
        keep(plan, pods(canary));
    }

    /** The same of these pods. */
    void keep(RolloutPlan plan, List<JsonNode> pods) throws KubeException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", ref().name()).put("namespace", subject.namespace());
        metadata.putObject("labels")
                .put("app.kubernetes.io/managed-by", "shera")
                .put("shera.io/record", "evidence");
        metadata.putObject("annotations").put("shera.io/rollout", plan.id());
        ObjectNode data = object.putObject("data");
        data.put("rollout", plan.id()).put("image", plan.image());
        for (JsonNode pod : pods.subList(0, Math.min(MOST_PODS, pods.size()))) {
            String name = pod.path("metadata").path("name").asText();
            data.put(name + ".events", cut(events(name)));
            for (JsonNode container : pod.path("spec").path("containers")) {
                String part = container.path("name").asText();
                data.put(name + "." + part + ".log", cut(log(name, part)));
            }
        }
        api.apply(ref(), object, false);
    }

    private List<JsonNode> pods(JsonNode canary) throws KubeException {
        String selector = canary.path("spec").path("selector").path("matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
        return api.list(ResourceKind.POD, subject.namespace(), selector, "");
    }

    private String events(String pod) {
        try {
            List<String> lines = new ArrayList<>();
            for (JsonNode event : api.list(
                    ResourceKind.EVENT,
                    subject.namespace(),
                    "",
                    "involvedObject.kind=Pod,involvedObject.name=" + pod)) {
                lines.add(event.path("lastTimestamp").asText("") + " "
                        + event.path("type").asText() + " "
                        + event.path("reason").asText() + ": "
                        + event.path("message").asText());
            }
            return String.join("\n", lines);
        } catch (KubeException e) {
            return "(no events: " + e.getMessage() + ")";
        }
    }

    private String log(String pod, String container) {
        for (boolean previous : new boolean[] {false, true}) {
            try {
                String text = api.logTail(subject.namespace(), pod, container, LINES, previous);
                if (!text.isBlank()) {
                    return text;
                }
            } catch (KubeException e) {
                if (previous) {
                    return "(no log: " + e.getMessage() + ")";
                }
            }
        }
        return "";
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? "..." + text.substring(text.length() - LONGEST) : text;
    }

    /** What was kept of the last aborted canary: texts by name, or empty. */
    public Optional<JsonNode> read() throws KubeException {
        return api.find(ref()).map(found -> found.path("data"));
    }
}
