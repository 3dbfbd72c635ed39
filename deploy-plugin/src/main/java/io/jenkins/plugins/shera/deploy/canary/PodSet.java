package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pods of one workload that are there to stay, and which of them are of the template it has now.
 *
 * @param pods without those that are leaving
 * @param leaving how many are
 * @param revision of the template that the workload has now
 * @param ready seconds after which a pod that is ready counts
 */
record PodSet(List<JsonNode> pods, int leaving, String revision, int ready, Instant now) {

    private static final String REVISION = "controller-revision-hash";

    static PodSet of(KubeApi api, JsonNode live, String revision) throws KubeException {
        String uid = live.path("metadata").path("uid").asText();
        String selector = live.path("spec").path("selector").path("matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
        List<JsonNode> all =
                api
                        .list(
                                ResourceKind.POD,
                                live.path("metadata").path("namespace").asText(),
                                selector,
                                "")
                        .stream()
                        .filter(pod -> pod.path("metadata")
                                .path("ownerReferences")
                                .path(0)
                                .path("uid")
                                .asText()
                                .equals(uid))
                        .toList();
        List<JsonNode> staying = all.stream()
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .toList();
        return new PodSet(
                staying,
                all.size() - staying.size(),
                revision,
                live.path("spec").path("minReadySeconds").asInt(),
                api.serverNow());
    }

    int size() {
        return pods.size();
    }

    /** Those of the present template. */
    List<JsonNode> current() {
        return pods.stream().filter(this::isCurrent).toList();
    }

    /** Those of any other template. */
    List<JsonNode> old() {
        return pods.stream().filter(pod -> !isCurrent(pod)).toList();
    }

    int others() {
        return old().size();
    }

    /** Pods of the present template that serve. */
    int good() {
        return (int) pods.stream().filter(this::isCurrent).filter(this::serves).count();
    }

    /** Pods of any other template that serve. */
    int otherGood() {
        return (int) pods.stream()
                .filter(pod -> !isCurrent(pod))
                .filter(this::serves)
                .count();
    }

    boolean isCurrent(JsonNode pod) {
        return pod.path("metadata").path("labels").path(REVISION).asText("").equals(revision);
    }

    /** Ready, and for as long as the workload wants it to be. */
    boolean serves(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                String since = condition.path("lastTransitionTime").asText("");
                boolean settled = ready == 0
                        || !since.isEmpty()
                                && !Instant.parse(since).plusSeconds(ready).isAfter(now);
                return condition.path("status").asText().equals("True") && settled;
            }
        }
        return false;
    }
}
