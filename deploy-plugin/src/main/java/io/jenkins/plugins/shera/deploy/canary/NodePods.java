package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import java.util.Comparator;
import java.util.List;

/**
 * The pods of a DaemonSet: while a rollout is under way its strategy is OnDelete, and old pods are let go a batch at a time. The
 * strategy it had stands in an annotation from the same request on, so a crash in between loses nothing.
 */
final class NodePods extends InPlace {

    static final String STRATEGY = "shera.io/rollout-strategy";
    private static final ObjectMapper JSON = new ObjectMapper();

    NodePods(KubeApi api, RolloutPlan plan) {
        super(api, plan);
    }

    @Override
    int total(JsonNode live) {
        return live.path("status").path("desiredNumberScheduled").asInt();
    }

    @Override
    int asked(JsonNode live) {
        String share = live.path("metadata").path("annotations").path(SHARE).asText();
        return share.matches("[0-9]{1,6}") ? Integer.parseInt(share) : 0;
    }

    @Override
    String revision(JsonNode live) throws KubeException {
        return Revisions.of(api, live).stream()
                .findFirst()
                .map(newest -> newest.path("metadata")
                        .path("labels")
                        .path("controller-revision-hash")
                        .asText())
                .orElse("");
    }

    /** A node that joins gets a new pod, which is no harm. */
    @Override
    boolean isBeyond(JsonNode live, PodSet pods) {
        return false;
    }

    @Override
    String spoiled(JsonNode live) {
        return "";
    }

    private static ObjectNode original(JsonNode live) {
        String kept = live.path("metadata").path("annotations").path(STRATEGY).asText();
        try {
            if (!kept.isEmpty() && JSON.readTree(kept) instanceof ObjectNode strategy) {
                return strategy;
            }
        } catch (JsonProcessingException e) {
            // Somebody edited it: what Kubernetes does when nothing is said is right for most.
            return JSON.createObjectNode().put("type", "RollingUpdate");
        }
        return live.path("spec").path("updateStrategy").deepCopy();
    }

    @Override
    void steer(ObjectNode object, JsonNode live, Integer share) {
        ObjectNode strategy = original(live);
        ObjectNode annotations = object.withObject("/metadata/annotations");
        annotations.remove(STRATEGY);
        if (share != null) {
            annotations.put(STRATEGY, strategy.toString());
            strategy = JSON.createObjectNode().put("type", "OnDelete");
        }
        object.withObject("/spec").set("updateStrategy", strategy);
    }

    private int batch(int total) {
        return Batch.of(plan.routerSettings().getOrDefault("batch", "")).pods(total);
    }

    @Override
    List<JsonNode> next(JsonNode live, PodSet pods) {
        int total = total(live);
        boolean byUs =
                live.path("spec").path("updateStrategy").path("type").asText().equals("OnDelete");
        if (!byUs) {
            return List.of();
        }
        List<JsonNode> old = pods.old().stream()
                .sorted(Comparator.comparing(pods::serves)
                        .thenComparing(pod -> pod.path("spec").path("nodeName").asText()))
                .toList();
        int missing = Math.max(0, total - pods.size());
        int resting =
                (int) pods.pods().stream().filter(pod -> !pods.serves(pod)).count();
        int wanted = isMarked(live) ? asked(live) : total;
        int left = wanted - pods.current().size() - missing;
        int broken = (int) old.stream().filter(pod -> !pods.serves(pod)).count();
        // What serves nobody can go at any time; what serves only as long as not too many are missing.
        int may = broken + Math.max(0, batch(total) - missing - resting);
        return old.subList(0, Math.max(0, Math.min(old.size(), Math.min(left, may))));
    }
}
