package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import java.util.Comparator;
import java.util.List;

/** The pods of a StatefulSet: those from its partition on are the new ones, and its controller replaces them, the highest first. */
final class OrdinalPods extends InPlace {

    OrdinalPods(KubeApi api, RolloutPlan plan) {
        super(api, plan);
    }

    @Override
    int total(JsonNode live) {
        return live.path("spec").path("replicas").asInt(1);
    }

    static int partition(JsonNode live) {
        return live.path("spec")
                .path("updateStrategy")
                .path("rollingUpdate")
                .path("partition")
                .asInt(0);
    }

    @Override
    int asked(JsonNode live) {
        return Math.max(0, total(live) - partition(live));
    }

    @Override
    String revision(JsonNode live) {
        return live.path("status").path("updateRevision").asText();
    }

    private static int ordinal(JsonNode pod) {
        String name = pod.path("metadata").path("name").asText();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /** Where ordinals begin, which need not be at 0. */
    private static int first(JsonNode live) {
        return live.path("spec").path("ordinals").path("start").asInt(0);
    }

    private static boolean isBelow(JsonNode live, JsonNode pod) {
        return ordinal(pod) - first(live) < partition(live);
    }

    @Override
    boolean isBeyond(JsonNode live, PodSet pods) {
        return pods.current().stream().anyMatch(pod -> isBelow(live, pod));
    }

    /** Once all pods were new, the controller has forgotten the old revision. */
    @Override
    String spoiled(JsonNode live) {
        JsonNode status = live.path("status");
        boolean forgotten = isAfter(live)
                && !status.path("updateRevision").asText().isEmpty()
                && status.path("currentRevision")
                        .asText()
                        .equals(status.path("updateRevision").asText())
                && status.path("observedGeneration").asLong(-1)
                        >= live.path("metadata").path("generation").asLong();
        return forgotten
                ? "somebody gave all of its pods the new revision, by another partition or fewer replicas"
                : "";
    }

    @Override
    void steer(ObjectNode object, JsonNode live, Integer share) {
        int partition = share == null ? 0 : Math.max(0, total(live) - share);
        object.withObject("/spec/updateStrategy")
                .put("type", "RollingUpdate")
                .withObjectProperty("rollingUpdate")
                .put("partition", partition);
    }

    /**
     * The controller waits for a pod that is not ready, also where it is of the revision that should go; and it never takes back what is
     * below a partition that was raised.
     */
    @Override
    List<JsonNode> next(JsonNode live, PodSet pods) {
        List<JsonNode> blocking = pods.pods().stream()
                .filter(pod -> !pods.serves(pod))
                .filter(pod -> pods.isCurrent(pod) == isBelow(live, pod))
                .toList();
        if (!blocking.isEmpty()) {
            return blocking;
        }
        boolean calm = pods.leaving() == 0
                && pods.size() == total(live)
                && pods.pods().stream().allMatch(pods::serves);
        return pods.current().stream()
                .filter(pod -> calm && isBelow(live, pod))
                .max(Comparator.comparingInt(OrdinalPods::ordinal))
                .stream()
                .toList();
    }
}
