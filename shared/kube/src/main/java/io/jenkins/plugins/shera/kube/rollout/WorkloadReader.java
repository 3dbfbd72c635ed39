package io.jenkins.plugins.shera.kube.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how far one workload of any of Kubernetes' own kinds is: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job and Pod. */
public final class WorkloadReader {

    private static final Set<String> KINDS = Set.of(
            "apps/v1 Deployment",
            "apps/v1 StatefulSet",
            "apps/v1 DaemonSet",
            "apps/v1 ReplicaSet",
            "batch/v1 Job",
            "v1 Pod");
    private static final int PODS_TO_ASK_ABOUT = 3;

    private final KubeApi api;
    private final ObjectRef ref;

    /** For the workload of this name. */
    public WorkloadReader(KubeApi api, ObjectRef ref) {
        this.api = api;
        this.ref = ref;
    }

    /** Whether this kind becomes ready in time, so that one can wait for it. */
    public static boolean knows(ResourceKind kind) {
        return KINDS.contains(kind.apiVersion() + " " + kind.kind());
    }

    /**
     * The state now. When it has failed, the failure carries the container's last lines.
     *
     * @param since by the server's clock; what the cluster said earlier is of no account
     * @param deadline by the server's clock; from then on what is not complete has failed
     */
    public RolloutState read(Instant since, Instant deadline) throws KubeException {
        RolloutReader reader = new RolloutReader(api, ref.namespace(), ref.name());
        if (ref.kind().equals(ResourceKind.DEPLOYMENT)) {
            return reader.read(deadline);
        }
        Optional<JsonNode> live = api.find(ref);
        if (live.isEmpty()) {
            String text = "the " + ref.kind().kind() + " was deleted while it was rolled out";
            return new RolloutState(
                    Phase.FAILED, "", "", 0, 0, 0, 0, List.of(), new Failure(Reason.GONE, "", "", text, ""));
        }
        List<JsonNode> pods = ref.kind().equals(ResourceKind.POD) ? List.of(live.get()) : pods(live.get());
        Map<String, List<JsonNode>> events = new HashMap<>();
        for (JsonNode pod : pods) {
            boolean placed = !pod.path("spec").path("nodeName").asText("").isEmpty();
            if (placed && !WorkloadJudge.isReady(pod) && events.size() < PODS_TO_ASK_ABOUT) {
                String uid = pod.path("metadata").path("uid").asText();
                events.put(pod.path("metadata").path("name").asText(), events(uid));
            }
        }
        List<JsonNode> own = new ArrayList<>();
        if (pods.stream().allMatch(WorkloadJudge::isReady)) {
            own.addAll(events(live.get().path("metadata").path("uid").asText()));
        }
        Observation seen = new Observation(live.get(), List.of(), pods, events, api.serverNow());
        return reader.explain(new WorkloadJudge(seen, ref.kind().kind(), own).judge(since, deadline));
    }

    private List<JsonNode> events(String uid) throws KubeException {
        return RolloutReader.inOrder(api.list(ResourceKind.EVENT, ref.namespace(), "", "involvedObject.uid=" + uid));
    }

    private List<JsonNode> pods(JsonNode live) throws KubeException {
        String selector = live.path("spec").path("selector").path("matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
        return RolloutReader.owned(
                api.list(ResourceKind.POD, ref.namespace(), selector, ""),
                Set.of(live.path("metadata").path("uid").asText()));
    }
}
