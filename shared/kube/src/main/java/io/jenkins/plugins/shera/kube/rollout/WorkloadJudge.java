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

/** Decides how far a StatefulSet, DaemonSet, ReplicaSet, Job or Pod is, as {@code kubectl rollout status} does. Pure. */
final class WorkloadJudge {

    /** A container that was restarted counts as running after this time. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final int REFUSALS_THAT_CONVINCE = 3;

    private final Observation seen;
    private final String kind;
    private final List<JsonNode> events;
    private final JsonNode object;
    private final JsonNode spec;
    private final JsonNode status;

    /** {@code events} are the workload's own, oldest first. */
    WorkloadJudge(Observation seen, String kind, List<JsonNode> events) {
        this.seen = seen;
        this.kind = kind;
        this.events = events;
        this.object = seen.deployment();
        this.spec = object.path("spec");
        this.status = object.path("status");
    }

    /** How many pods are wanted, are of the new revision, and serve or have succeeded. */
    private record Counts(int desired, int updated, int available, boolean complete) {}

    RolloutState judge(Instant since, Instant deadline) {
        Counts counts = counts();
        boolean complete = counts.complete() && !isCrashing();
        Trouble trouble = complete ? null : trouble(since).orElse(null);
        boolean ended = isTrue("Failed")
                || kind.equals("Pod") && status.path("phase").asText().equals("Failed");
        boolean lasting = trouble != null
                && trouble.lasting()
                && !(kind.equals("Job") && trouble.failure().reason() == Reason.CRASH);
        Phase phase = complete ? Phase.COMPLETE : Phase.PROGRESSING;
        if (!complete && (ended || lasting || !seen.now().isBefore(deadline))) {
            phase = Phase.FAILED;
        }
        int old = kind.equals("StatefulSet") || kind.equals("DaemonSet")
                ? (int) seen.pods().stream().filter(pod -> !isCurrent(pod)).count()
                : 0;
        RolloutState state = new RolloutState(
                phase,
                status.path("updateRevision").asText(""),
                image(),
                counts.desired(),
                counts.updated(),
                counts.available(),
                old,
                pods(),
                null);
        Failure failure = trouble == null ? null : trouble.failure();
        if (phase == Phase.FAILED && failure == null) {
            failure = ended
                    ? new Failure(Reason.CRASH, "", "", endText(), "")
                    : new Failure(Reason.DEADLINE, "", "", "not complete in time: " + state.summary(), "");
        }
        return state.withTrouble(failure);
    }

    private Counts counts() {
        boolean observed = status.path("observedGeneration").asLong(-1)
                >= object.path("metadata").path("generation").asLong();
        return switch (kind) {
            case "StatefulSet" -> statefulSet(observed);
            case "DaemonSet" -> daemonSet(observed);
            case "Job" -> job();
            case "Pod" -> pod();
            default -> replicaSet(observed);
        };
    }

    private Counts statefulSet(boolean observed) {
        int desired = spec.path("replicas").asInt(1);
        int updated = observed ? status.path("updatedReplicas").asInt() : 0;
        int ready = observed ? status.path("readyReplicas").asInt() : 0;
        boolean rolls =
                spec.path("updateStrategy").path("type").asText("RollingUpdate").equals("RollingUpdate");
        int partition = spec.path("updateStrategy")
                .path("rollingUpdate")
                .path("partition")
                .asInt(0);
        int wanted = rolls ? Math.max(0, desired - partition) : 0;
        boolean same = !rolls
                || partition > 0
                || desired == 0
                || status.path("currentRevision")
                        .asText("")
                        .equals(status.path("updateRevision").asText(""));
        return new Counts(
                desired,
                updated,
                ready,
                observed
                        && status.path("replicas").asInt() == desired
                        && updated >= wanted
                        && ready >= desired
                        && same);
    }

    private Counts daemonSet(boolean observed) {
        int desired = status.path("desiredNumberScheduled").asInt();
        int updated = observed ? status.path("updatedNumberScheduled").asInt() : 0;
        int available = observed ? status.path("numberAvailable").asInt() : 0;
        boolean rolls =
                spec.path("updateStrategy").path("type").asText("RollingUpdate").equals("RollingUpdate");
        return new Counts(
                desired, updated, available, observed && available >= desired && (!rolls || updated >= desired));
    }

    private Counts replicaSet(boolean observed) {
        int desired = spec.path("replicas").asInt(1);
        int available = observed ? status.path("availableReplicas").asInt() : 0;
        return new Counts(
                desired,
                observed ? status.path("replicas").asInt() : 0,
                available,
                observed && status.path("replicas").asInt() == desired && available >= desired);
    }

    private Counts job() {
        int desired = spec.path("completions").asInt(spec.path("parallelism").asInt(1));
        int active = status.path("active").asInt();
        int succeeded = status.path("succeeded").asInt();
        boolean suspended = spec.path("suspend").asBoolean(false);
        return new Counts(desired, active + succeeded, succeeded, suspended || isTrue("Complete"));
    }

    private Counts pod() {
        boolean done = status.path("phase").asText().equals("Succeeded") || isReady(object);
        return new Counts(1, 1, done ? 1 : 0, done);
    }

    private boolean isTrue(String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private String endText() {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Failed")) {
                return "the " + kind + " failed: " + condition.path("reason").asText("") + ": "
                        + condition.path("message").asText("");
            }
        }
        return "the " + kind + " failed: " + status.path("reason").asText("")
                + status.path("message").asText("");
    }

    /** A pod of the revision before that cannot run holds a StatefulSet up, but does not condemn the new one. */
    private Optional<Trouble> trouble(Instant since) {
        Trouble first = null;
        for (JsonNode pod : seen.pods()) {
            if (isLeaving(pod) || isReady(pod)) {
                continue;
            }
            List<JsonNode> ofPod =
                    seen.events().getOrDefault(pod.path("metadata").path("name").asText(), List.of());
            Trouble found = new PodDiagnosis(pod, ofPod, seen.now()).trouble().orElse(null);
            if (found != null && !isCurrent(pod)) {
                found = new Trouble(found.failure(), false);
            }
            if (found != null && found.lasting()) {
                return Optional.of(found);
            }
            first = first == null ? found : first;
        }
        return first == null ? refusedPods(since) : Optional.of(first);
    }

    private Optional<Trouble> refusedPods(Instant since) {
        for (int i = events.size() - 1; i >= 0; i--) {
            JsonNode event = events.get(i);
            String last = event.path("lastTimestamp").asText("");
            if (event.path("reason").asText().equals("FailedCreate")
                    && !last.isEmpty()
                    && !Instant.parse(last).isBefore(since)) {
                String text = event.path("message").asText("");
                Reason reason = text.contains("exceeded quota") || text.contains("failed quota")
                        ? Reason.QUOTA
                        : Reason.ADMISSION;
                return Optional.of(new Trouble(
                        new Failure(reason, "", "", text, ""),
                        event.path("count").asInt(1) >= REFUSALS_THAT_CONVINCE));
            }
        }
        return Optional.empty();
    }

    private boolean isCrashing() {
        if (kind.equals("Job") || kind.equals("Pod")) {
            return false;
        }
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

    private boolean isCurrent(JsonNode pod) {
        JsonNode labels = pod.path("metadata").path("labels");
        if (kind.equals("StatefulSet")) {
            return labels.path("controller-revision-hash")
                    .asText("")
                    .equals(status.path("updateRevision").asText(""));
        }
        String generation = object.path("metadata")
                .path("annotations")
                .path("deprecated.daemonset.template.generation")
                .asText("");
        return !kind.equals("DaemonSet")
                || generation.isEmpty()
                || labels.path("pod-template-generation").asText("").equals(generation);
    }

    private static boolean isLeaving(JsonNode pod) {
        return pod.path("metadata").has("deletionTimestamp");
    }

    static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private String image() {
        JsonNode template = kind.equals("Pod") ? spec : spec.path("template").path("spec");
        return template.path("containers").path(0).path("image").asText("");
    }

    private List<PodState> pods() {
        List<PodState> states = new ArrayList<>();
        for (JsonNode pod : seen.pods()) {
            JsonNode containers = pod.path("status").path("containerStatuses");
            int restarts = 0;
            String state = pod.path("status").path("phase").asText("Pending");
            for (JsonNode container : containers) {
                restarts += container.path("restartCount").asInt();
                state = container.path("state").path("waiting").path("reason").asText(state);
            }
            String id = containers.path(0).path("imageID").asText("");
            states.add(new PodState(
                    pod.path("metadata").path("name").asText(),
                    isLeaving(pod) ? "Terminating" : state,
                    isReady(pod),
                    restarts,
                    isCurrent(pod),
                    pod.path("spec").path("nodeName").asText(""),
                    id.substring(id.lastIndexOf('@') + 1)));
        }
        return states;
    }
}
