package io.jenkins.plugins.shera.kube.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the state of one Deployment's rollout: each time from the start, by plain reads, so that nothing has to be
 * resumed after an expired watch, a dead connection, a restart of the API server or of ourselves.
 */
public final class RolloutReader {

    private static final int PODS_TO_ASK_ABOUT = 3;
    private static final int LOG_LINES = 20;
    private static final Set<Reason> WITH_LOG =
            Set.of(Reason.CRASH, Reason.PROBE, Reason.OUT_OF_MEMORY, Reason.DEADLINE);

    private final KubeApi api;
    private final String namespace;
    private final String name;

    /** For the Deployment of this name. */
    public RolloutReader(KubeApi api, String namespace, String name) {
        this.api = api;
        this.namespace = namespace;
        this.name = name;
    }

    /**
     * The state now. When it has failed, the failure carries the container's last lines.
     *
     * @param deadline see {@link RolloutJudge#judge}
     */
    public RolloutState read(Instant deadline) throws KubeException {
        return explain(RolloutJudge.judge(observe(), deadline));
    }

    /** Says of a pod that waits for a volume which claim of it does, and of a state that has failed the container's last lines. */
    public RolloutState explain(RolloutState state) {
        RolloutState named = withClaim(state);
        return named.phase() == Phase.FAILED ? withLog(named) : named;
    }

    /** Only the first of the two, which asks nothing while no pod waits for a volume. */
    public RolloutState withClaim(RolloutState state) {
        Failure trouble = state.trouble();
        boolean claim = trouble != null && trouble.reason() == Reason.CLAIM;
        return claim ? state.withTrouble(new ClaimReader(api, namespace).explain(trouble)) : state;
    }

    /** Everything the verdict is made of. */
    public Observation observe() throws KubeException {
        JsonNode deployment = api.find(new ObjectRef(ResourceKind.DEPLOYMENT, namespace, name))
                .orElse(MissingNode.getInstance());
        if (deployment.isMissingNode()) {
            return new Observation(deployment, List.of(), List.of(), Map.of(), api.serverNow());
        }
        String selector = selector(deployment);
        List<JsonNode> sets =
                owned(api.list(ResourceKind.REPLICA_SET, namespace, selector, ""), Set.of(uid(deployment)));
        Set<String> setUids = sets.stream().map(RolloutReader::uid).collect(Collectors.toSet());
        List<JsonNode> pods = owned(api.list(ResourceKind.POD, namespace, selector, ""), setUids);
        return new Observation(deployment, sets, pods, events(pods), api.serverNow());
    }

    private Map<String, List<JsonNode>> events(List<JsonNode> pods) throws KubeException {
        Map<String, List<JsonNode>> events = new HashMap<>();
        for (JsonNode pod : pods) {
            boolean placed = !pod.path("spec").path("nodeName").asText("").isEmpty();
            if (events.size() < PODS_TO_ASK_ABOUT && placed && !isReady(pod)) {
                String podName = pod.path("metadata").path("name").asText();
                events.put(
                        podName,
                        inOrder(api.list(
                                ResourceKind.EVENT,
                                namespace,
                                "",
                                "involvedObject.kind=Pod,involvedObject.name=" + podName)));
            }
        }
        return events;
    }

    /** Oldest first. */
    static List<JsonNode> inOrder(List<JsonNode> events) {
        List<JsonNode> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(event -> event.path("lastTimestamp").asText("")));
        return sorted;
    }

    private RolloutState withLog(RolloutState state) {
        Failure failure = state.trouble();
        if (failure.pod().isEmpty() || !WITH_LOG.contains(failure.reason())) {
            return state;
        }
        return state.withTrouble(failure.withLog(log(failure, failure.reason() != Reason.PROBE)));
    }

    /** The log is an addition; that it cannot be read must not hide the failure itself. */
    private String log(Failure failure, boolean previous) {
        try {
            String text = api.logTail(namespace, failure.pod(), failure.container(), LOG_LINES, previous);
            boolean collected = text.isBlank() || text.startsWith("unable to retrieve container logs");
            if (!collected) {
                return text;
            }
            return previous ? log(failure, false) : "";
        } catch (KubeException e) {
            return previous ? log(failure, false) : "(no log: " + e.getMessage() + ")";
        }
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            if (!container.path("ready").asBoolean()) {
                return false;
            }
        }
        return pod.path("status").path("containerStatuses").size() > 0;
    }

    private static String selector(JsonNode deployment) {
        return deployment.path("spec").path("selector").path("matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }

    static List<JsonNode> owned(List<JsonNode> objects, Set<String> owners) {
        return objects.stream()
                .filter(object -> {
                    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
                        if (owners.contains(owner.path("uid").asText())) {
                            return true;
                        }
                    }
                    return false;
                })
                .toList();
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }
}
