package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.io.IOException;
import java.util.Optional;

/** Keeps one rollout in the ConfigMap {@code <application>-rollout} beside the application, signed, guarded by resourceVersion. */
public final class RolloutStore {

    /** Label of every record, by which they are found again. */
    public static final String LABEL = "shera.io/record=rollout";

    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubeApi api;
    private final Seal seal;
    private final Subject subject;

    /** For the rollout of this subject. */
    public RolloutStore(KubeApi api, Seal seal, Subject subject) {
        this.api = api;
        this.seal = seal;
        this.subject = subject;
    }

    private ObjectRef ref() {
        return new ObjectRef(CONFIG_MAP, subject.namespace(), subject.record());
    }

    /** What is recorded, if anything. */
    public Optional<RolloutRecord> load() throws KubeException, RolloutException {
        Optional<JsonNode> found = api.find(ref());
        return found.isEmpty() ? Optional.empty() : Optional.of(read(found.get()));
    }

    private RolloutRecord read(JsonNode object) throws RolloutException {
        String plan = object.path("data").path("plan").asText();
        String status = object.path("data").path("status").asText();
        try {
            RolloutPlan read = RolloutPlan.of(JSON.readTree(plan));
            boolean fits = seal.fits(object.path("data").path("signature").asText(), place(), plan + "\n" + status);
            return new RolloutRecord(
                    read,
                    RolloutStatus.of(JSON.readTree(status)),
                    object.path("metadata").path("resourceVersion").asText(),
                    fits && read.subject().equals(subject));
        } catch (IOException | RuntimeException e) {
            throw new RolloutException("The record of the rollout of " + subject + " (ConfigMap " + subject.record()
                    + ") cannot be read: " + e.getMessage() + ". Delete the ConfigMap if no rollout is under way.");
        }
    }

    private String place() {
        return subject.cluster() + "/" + subject.namespace() + "/" + subject.record();
    }

    /**
     * Writes it.
     *
     * @param version that was read, or empty to create the record
     * @return the new version
     * @throws KubeException of kind CONFLICT when somebody else wrote meanwhile
     */
    public String save(RolloutPlan plan, RolloutStatus status, String version) throws KubeException {
        String planText = plan.toJson().toString();
        String statusText = status.toJson().toString();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", subject.record()).put("namespace", subject.namespace());
        metadata.putObject("labels")
                .put("app.kubernetes.io/managed-by", "shera")
                .put("app.kubernetes.io/part-of", subject.tenant())
                .put("shera.io/record", "rollout");
        metadata.putObject("annotations")
                .put("shera.io/application", subject.application())
                .put("shera.io/phase", status.phase().text());
        object.putObject("data")
                .put("plan", planText)
                .put("status", statusText)
                .put("signature", seal.sign(place(), planText + "\n" + statusText));
        try {
            if (version.isEmpty()) {
                return version(api.create(CONFIG_MAP.collection(subject.namespace()), object));
            }
            metadata.put("resourceVersion", version);
            return version(api.replace(ref(), object));
        } catch (KubeException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            // The answer to our own first try may have been lost on the way.
            Optional<JsonNode> there = api.find(ref());
            if (there.isPresent() && there.get().path("data").equals(object.path("data"))) {
                return version(there.get());
            }
            throw e;
        }
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }
}
