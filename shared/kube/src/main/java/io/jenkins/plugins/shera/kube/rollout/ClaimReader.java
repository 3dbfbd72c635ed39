package io.jenkins.plugins.shera.kube.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds which claim of a pod has no volume, and why: its class, and what the cluster last said of the claim itself. */
final class ClaimReader {

    private static final ResourceKind CLAIM =
            new ResourceKind("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);
    private static final ResourceKind STORAGE_CLASS =
            new ResourceKind("storage.k8s.io/v1", "StorageClass", "storageclasses", false);

    private final KubeApi api;
    private final String namespace;

    ClaimReader(KubeApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** The same failure by the name of the claim that waits; as it was where every claim is bound, or none can be read. */
    Failure explain(Failure failure) {
        try {
            for (String claim : claims(failure.pod())) {
                Optional<Failure> found = waiting(failure, claim);
                if (found.isPresent()) {
                    return found.get();
                }
            }
            return failure;
        } catch (KubeException e) {
            // An addition: that it cannot be read must not hide the failure itself.
            return failure;
        }
    }

    private List<String> claims(String pod) throws KubeException {
        List<String> claims = new ArrayList<>();
        JsonNode volumes = api.get(new ObjectRef(ResourceKind.POD, namespace, pod).path())
                .path("spec")
                .path("volumes");
        for (JsonNode volume : volumes) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").asText("");
            if (volume.has("ephemeral")) {
                claim = pod + "-" + volume.path("name").asText();
            }
            if (!claim.isEmpty()) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private Optional<Failure> waiting(Failure failure, String name) throws KubeException {
        JsonNode claim = api.find(new ObjectRef(CLAIM, namespace, name)).orElse(MissingNode.getInstance());
        if (phase(claim).equals("Bound")) {
            return Optional.empty();
        }
        String storageClass = claim.path("spec").path("storageClassName").asText("");
        boolean there = storageClass.isEmpty() || isThere(storageClass);
        return Optional.of(judge(failure, name, claim, there, last(name)));
    }

    private static String phase(JsonNode claim) {
        return claim.path("status").path("phase").asText("Pending");
    }

    /**
     * What a claim without a volume waits for.
     *
     * @param claim a missing node when there is none
     * @param last what the cluster last said of it, or empty
     */
    static Failure judge(Failure failure, String name, JsonNode claim, boolean classIsThere, String last) {
        String said = last.isEmpty() ? "" : ". Last said of it: " + last;
        if (!claim.isObject()) {
            return told(failure, Reason.CLAIM_GONE, "there is no PersistentVolumeClaim '" + name + "'" + said);
        }
        JsonNode spec = claim.path("spec");
        String size = spec.path("resources").path("requests").path("storage").asText();
        String what = "the PersistentVolumeClaim '" + name + "' (" + size + ") ";
        JsonNode named = spec.path("storageClassName");
        if (phase(claim).equals("Lost")) {
            return told(failure, Reason.CLAIM_LOST, what + "has lost its volume" + said);
        }
        if (named.isMissingNode()) {
            String none = "waits for a volume: it names no StorageClass, and the cluster has no default one";
            return told(failure, Reason.CLAIM_WITHOUT_CLASS, what + none + said);
        }
        if (named.asText().isEmpty()) {
            String none = "waits for a volume that somebody makes by hand: its StorageClass is '', which makes none";
            return told(failure, Reason.CLAIM_BY_HAND, what + none + said);
        }
        String by = what + "of the StorageClass '" + named.asText() + "' waits for a volume";
        return classIsThere
                ? told(failure, Reason.CLAIM, by + said)
                : told(failure, Reason.CLAIM_OF_UNKNOWN_CLASS, by + ", and the cluster has no such class" + said);
    }

    /** Taken to be there by whoever may not look at classes. */
    private boolean isThere(String storageClass) throws KubeException {
        try {
            return api.find(new ObjectRef(STORAGE_CLASS, "", storageClass)).isPresent();
        } catch (KubeException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return true;
            }
            throw e;
        }
    }

    private String last(String claim) {
        try {
            List<JsonNode> events = RolloutReader.inOrder(api.list(
                    ResourceKind.EVENT,
                    namespace,
                    "",
                    "involvedObject.kind=PersistentVolumeClaim,involvedObject.name=" + claim));
            if (events.isEmpty()) {
                return "";
            }
            JsonNode event = events.get(events.size() - 1);
            return event.path("reason").asText() + ": " + event.path("message").asText();
        } catch (KubeException e) {
            return "";
        }
    }

    private static Failure told(Failure failure, Reason reason, String text) {
        return new Failure(reason, failure.pod(), failure.container(), text, failure.log());
    }
}
