package io.jenkins.plugins.shera.kube.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import io.jenkins.plugins.shera.kube.rollout.PodDiagnosis.Trouble;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides from one {@link Observation} how far a Deployment's rollout is. Pure: no clock, no calls. */
public final class RolloutJudge {

    private static final String REVISION = "deployment.kubernetes.io/revision";
    /** Pods of the old revision that are going away free quota within this time. */
    private static final Duration QUOTA_PATIENCE = Duration.ofSeconds(15);

    /** A container that was restarted counts as running after this time. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final Observation seen;
    private final JsonNode spec;
    private final JsonNode status;
    private final String currentReplicaSet;

    private RolloutJudge(Observation seen) {
        this.seen = seen;
        this.spec = seen.deployment().path("spec");
        this.status = seen.deployment().path("status");
        this.currentReplicaSet = currentReplicaSet();
    }

    /**
     * The state at the moment of the observation.
     *
     * @param deadline by the server's clock; from then on what is not complete has failed
     */
    public static RolloutState judge(Observation seen, Instant deadline) {
        if (!seen.deployment().isObject()) {
            Failure gone = new Failure(Reason.GONE, "", "", "the Deployment was deleted while it was rolled out", "");
            return new RolloutState(Phase.FAILED, "", "", 0, 0, 0, 0, List.of(), gone);
        }
        return new RolloutJudge(seen).judge(deadline);
    }

    private RolloutState judge(Instant deadline) {
        boolean observed = status.path("observedGeneration").asLong(-1)
                >= seen.deployment().path("metadata").path("generation").asLong();
        int desired = spec.path("replicas").asInt(1);
        int updated = observed ? status.path("updatedReplicas").asInt() : 0;
        int total = status.path("replicas").asInt();
        List<PodState> pods = pods();
        int available = observed && total == updated
                ? status.path("availableReplicas").asInt()
                : (int) pods.stream()
                        .filter(pod -> pod.updated() && pod.ready())
                        .count();
        boolean complete = observed && updated == desired && total == updated && available >= updated && !isCrashing();
        Trouble trouble = complete ? null : trouble(observed).orElse(null);
        Phase phase = complete ? Phase.COMPLETE : Phase.PROGRESSING;
        if (!complete && (trouble != null && trouble.lasting() || isOver(deadline, observed))) {
            phase = Phase.FAILED;
        }
        RolloutState state = new RolloutState(
                phase,
                revision(observed),
                image(),
                desired,
                updated,
                available,
                Math.max(0, total - updated),
                pods,
                null);
        Failure failure = trouble == null ? null : trouble.failure();
        if (phase == Phase.FAILED && failure == null) {
            failure = new Failure(Reason.DEADLINE, "", "", "not complete in time: " + state.summary(), "");
        }
        return state.withTrouble(failure);
    }

    private boolean isOver(Instant deadline, boolean observed) {
        JsonNode progressing = condition("Progressing");
        boolean exceeded = observed && progressing.path("reason").asText().equals("ProgressDeadlineExceeded");
        return exceeded || !seen.now().isBefore(deadline);
    }

    private Optional<Trouble> trouble(boolean observed) {
        Trouble first = null;
        for (JsonNode pod : seen.pods()) {
            if (!isCurrent(pod) || isLeaving(pod) || isReady(pod)) {
                continue;
            }
            List<JsonNode> events =
                    seen.events().getOrDefault(pod.path("metadata").path("name").asText(), List.of());
            Optional<Trouble> found = new PodDiagnosis(pod, events, seen.now()).trouble();
            if (found.isPresent() && found.get().lasting()) {
                return found;
            }
            first = first == null ? found.orElse(null) : first;
        }
        Optional<Trouble> refused = observed ? refusedPods() : Optional.empty();
        return refused.isPresent() ? refused : Optional.ofNullable(first);
    }

    private Optional<Trouble> refusedPods() {
        JsonNode failed = condition("ReplicaFailure");
        if (!failed.path("status").asText().equals("True")) {
            return Optional.empty();
        }
        String text = failed.path("message").asText("");
        Reason reason =
                text.contains("exceeded quota") || text.contains("failed quota") ? Reason.QUOTA : Reason.ADMISSION;
        String since = failed.path("lastTransitionTime").asText("");
        boolean lasting = !since.isEmpty()
                && Duration.between(Instant.parse(since), seen.now()).compareTo(QUOTA_PATIENCE) > 0;
        return Optional.of(new Trouble(new Failure(reason, "", "", text, ""), lasting));
    }

    private JsonNode condition(String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return status.path("conditions").path(type);
    }

    private String revision(boolean observed) {
        return observed ? revisionOf(seen.deployment()) : "";
    }

    private static String revisionOf(JsonNode object) {
        return object.path("metadata").path("annotations").path(REVISION).asText("");
    }

    private String image() {
        return spec.path("template")
                .path("spec")
                .path("containers")
                .path(0)
                .path("image")
                .asText("");
    }

    /** The ReplicaSet whose revision is the Deployment's own; empty before the controller made it. */
    private String currentReplicaSet() {
        String revision = revisionOf(seen.deployment());
        return seen.replicaSets().stream()
                .filter(set -> !revision.isEmpty() && revisionOf(set).equals(revision))
                .map(set -> set.path("metadata").path("uid").asText())
                .findFirst()
                .orElse("");
    }

    private boolean isCurrent(JsonNode pod) {
        for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
            if (owner.path("uid").asText().equals(currentReplicaSet)) {
                return true;
            }
        }
        return false;
    }

    /** Without a readiness probe a program that ends at once counts as ready in the moment between two crashes. */
    private boolean isCrashing() {
        for (JsonNode pod : seen.pods()) {
            for (JsonNode container : pod.path("status").path("containerStatuses")) {
                String started = container
                        .path("state")
                        .path("running")
                        .path("startedAt")
                        .asText("");
                boolean young = started.isEmpty()
                        || Duration.between(Instant.parse(started), seen.now()).compareTo(SETTLED) < 0;
                if (isCurrent(pod) && container.path("restartCount").asInt() > 0 && young) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLeaving(JsonNode pod) {
        return pod.path("metadata").has("deletionTimestamp");
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static String digest(JsonNode pod) {
        String id = pod.path("status")
                .path("containerStatuses")
                .path(0)
                .path("imageID")
                .asText("");
        return id.substring(id.lastIndexOf('@') + 1);
    }

    private List<PodState> pods() {
        List<PodState> states = new ArrayList<>();
        for (JsonNode pod : seen.pods()) {
            int restarts = 0;
            String state = pod.path("status").path("phase").asText("Pending");
            for (JsonNode container : pod.path("status").path("containerStatuses")) {
                restarts += container.path("restartCount").asInt();
                state = container.path("state").path("waiting").path("reason").asText(state);
            }
            states.add(new PodState(
                    pod.path("metadata").path("name").asText(),
                    isLeaving(pod) ? "Terminating" : state,
                    isReady(pod),
                    restarts,
                    isCurrent(pod),
                    pod.path("spec").path("nodeName").asText(""),
                    digest(pod)));
        }
        return states;
    }
}
