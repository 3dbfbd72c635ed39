package io.jenkins.plugins.shera.kube.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from one pod and its events why it is not ready. Pure. */
final class PodDiagnosis {

    private static final Set<String> NO_IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable");
    private static final Set<String> NO_START =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError");
    private static final int RESTARTS_THAT_CONVINCE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PLACED_BY = Duration.ofSeconds(10);
    private static final String HELD = "is on no node yet, and waits for a volume of its claims";

    private final JsonNode pod;
    private final List<JsonNode> events;
    private final Instant now;

    PodDiagnosis(JsonNode pod, List<JsonNode> events, Instant now) {
        this.pod = pod;
        this.events = events;
        this.now = now;
    }

    /**
     * A reason why a pod is not ready.
     *
     * @param lasting true when waiting longer will not help
     */
    record Trouble(Failure failure, boolean lasting) {}

    Optional<Trouble> trouble() {
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode container : pod.path("status").path(list)) {
                Optional<Trouble> found = container(container);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("PodScheduled")
                    && condition.path("status").asText().equals("False")) {
                String why = condition.path("message").asText();
                return Optional.of(pending(unscheduled(why.toLowerCase(Locale.ROOT)), "", why));
            }
        }
        if (pod.path("status").path("phase").asText().equals("Failed")) {
            return Optional.of(new Trouble(
                    failure(
                            Reason.CRASH,
                            "",
                            "ended: " + pod.path("status").path("reason").asText("") + " "
                                    + pod.path("status").path("message").asText("")),
                    false));
        }
        return isHeldByClaims() ? Optional.of(pending(Reason.CLAIM, "", HELD)) : fromEvents();
    }

    /** In the scheduler's words, which differ by how the volume would come to be. */
    private static Reason unscheduled(String why) {
        if (why.contains("volume node affinity")) {
            return Reason.VOLUME_ELSEWHERE;
        }
        boolean claim = Stream.of(
                        "persistentvolumeclaim",
                        "pvc(s)",
                        "persistent volumes to bind",
                        "storageclass",
                        "binding volumes")
                .anyMatch(why::contains);
        return claim ? Reason.CLAIM : Reason.UNSCHEDULABLE;
    }

    /** Where a volume is made for the node that was chosen, the scheduler waits for it for minutes and says nothing. */
    private boolean isHeldByClaims() {
        boolean placed = !pod.path("spec").path("nodeName").asText("").isEmpty();
        if (placed || !pod.path("status").path("conditions").isEmpty() || age().compareTo(PLACED_BY) < 0) {
            return false;
        }
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            if (volume.has("persistentVolumeClaim") || volume.has("ephemeral")) {
                return true;
            }
        }
        return false;
    }

    private Optional<Trouble> container(JsonNode container) {
        String name = container.path("name").asText();
        JsonNode waiting = container.path("state").path("waiting");
        String reason = waiting.path("reason").asText("");
        String text = reason + ": " + waiting.path("message").asText("");
        if (NO_IMAGE.contains(reason)) {
            boolean lasting = reason.startsWith("Invalid")
                    || reason.startsWith("ErrImageNever")
                    || reason.equals("ImagePullBackOff") && age().compareTo(PATIENCE) > 0;
            return Optional.of(new Trouble(failure(Reason.IMAGE_PULL, name, text), lasting));
        }
        if (NO_START.contains(reason)) {
            return Optional.of(new Trouble(failure(Reason.CONFIGURATION, name, text), age().compareTo(PATIENCE) > 0));
        }
        JsonNode ended = container.path("state").path("terminated");
        if (ended.isMissingNode() && !container.path("ready").asBoolean()) {
            ended = container.path("lastState").path("terminated");
        }
        if (ended.isMissingNode()
                || ended.path("exitCode").asInt() == 0
                        && container.path("restartCount").asInt() == 0) {
            return Optional.empty();
        }
        return Optional.of(ended(container, name, ended));
    }

    private Trouble ended(JsonNode container, String name, JsonNode ended) {
        int restarts = container.path("restartCount").asInt();
        boolean lasting = restarts >= RESTARTS_THAT_CONVINCE;
        String times = restarts == 0 ? "" : ", restarted " + restarts + (restarts == 1 ? " time" : " times");
        if (ended.path("reason").asText().equals("OOMKilled")) {
            return new Trouble(
                    failure(
                            Reason.OUT_OF_MEMORY,
                            name,
                            "was killed because it used more memory than its limit" + times),
                    lasting);
        }
        Optional<String> liveness = lastEvent("Unhealthy", "Liveness");
        if (liveness.isPresent()) {
            return new Trouble(failure(Reason.PROBE, name, liveness.get() + times), lasting);
        }
        String message = ended.path("message").asText("");
        String text = "ended with exit code " + ended.path("exitCode").asInt() + times
                + (message.isEmpty() ? "" : ": " + message.strip());
        return new Trouble(failure(Reason.CRASH, name, text), lasting);
    }

    private Optional<Trouble> fromEvents() {
        Optional<String> probe = lastEvent("Unhealthy", "");
        if (probe.isPresent()) {
            return Optional.of(pending(Reason.PROBE, "", probe.get()));
        }
        for (String reason : List.of("FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox")) {
            Optional<String> volume = lastEvent(reason, "");
            if (volume.isPresent()) {
                return Optional.of(pending(Reason.VOLUME, "", volume.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> lastEvent(String reason, String beginning) {
        return events.stream()
                .filter(event -> event.path("reason").asText().equals(reason)
                        && event.path("message").asText().startsWith(beginning))
                .reduce((first, second) -> second)
                .map(event -> event.path("message").asText());
    }

    private Trouble pending(Reason reason, String container, String text) {
        return new Trouble(failure(reason, container, text), false);
    }

    private Failure failure(Reason reason, String container, String text) {
        return new Failure(reason, pod.path("metadata").path("name").asText(), container, text, "");
    }

    private Duration age() {
        String created = pod.path("metadata").path("creationTimestamp").asText("");
        return created.isEmpty() ? Duration.ZERO : Duration.between(Instant.parse(created), now);
    }
}
