package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import java.io.IOException;
import java.util.Optional;

/**
 * Holds an application's HorizontalPodAutoscaler at the present number of pods and gives it its own bounds back. Those stand in an
 * annotation of the autoscaler itself from the same request on that holds it, so a crash in between loses nothing.
 */
final class Scaler {

    private static final String BOUNDS = "shera.io/rollout-bounds";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubeApi api;
    private final Subject subject;
    private final Workload workload;

    Scaler(KubeApi api, Subject subject) {
        this(api, subject, Workload.DEPLOYMENT);
    }

    Scaler(KubeApi api, Subject subject, Workload workload) {
        this.api = api;
        this.subject = subject;
        this.workload = workload;
    }

    /** The autoscaler of the stable side. */
    Optional<JsonNode> find() throws KubeException {
        return Autoscaler.of(api, subject.namespace(), workload.word(), subject.application())
                .map(Autoscaler::live);
    }

    static boolean isFrozen(JsonNode autoscaler) {
        return autoscaler.path("metadata").path("annotations").has(BOUNDS);
    }

    void freeze(int pods) throws KubeException {
        Optional<JsonNode> found = find();
        if (found.isEmpty() || isFrozen(found.get())) {
            return;
        }
        JsonNode spec = found.get().path("spec");
        ObjectNode bounds = JsonNodeFactory.instance.objectNode();
        bounds.put("min", spec.path("minReplicas").asInt(1))
                .put("max", spec.path("maxReplicas").asInt());
        ObjectNode change = change(found.get());
        change.withObject("/metadata/annotations").put(BOUNDS, bounds.toString());
        int held = Math.max(1, pods);
        change.putObject("spec").put("minReplicas", held).put("maxReplicas", held);
        api.merge(ref(found.get()), change);
    }

    void restore() throws KubeException {
        Optional<JsonNode> found = find();
        if (found.isEmpty() || !isFrozen(found.get())) {
            return;
        }
        ObjectNode change = change(found.get());
        try {
            JsonNode bounds = JSON.readTree(found.get()
                    .path("metadata")
                    .path("annotations")
                    .path(BOUNDS)
                    .asText());
            int most = bounds.path("max").asInt();
            if (most > 0) {
                change.putObject("spec")
                        .put("minReplicas", bounds.path("min").asInt(1))
                        .put("maxReplicas", most);
            }
        } catch (IOException e) {
            // Somebody edited the annotation: only our hand goes away.
            change.remove("spec");
        }
        change.withObject("/metadata/annotations").putNull(BOUNDS);
        api.merge(ref(found.get()), change);
    }

    private static ObjectNode change(JsonNode autoscaler) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("metadata")
                .put(
                        "resourceVersion",
                        autoscaler.path("metadata").path("resourceVersion").asText());
        return change;
    }

    private ObjectRef ref(JsonNode autoscaler) {
        return new ObjectRef(
                Autoscaler.KIND,
                subject.namespace(),
                autoscaler.path("metadata").path("name").asText());
    }
}
