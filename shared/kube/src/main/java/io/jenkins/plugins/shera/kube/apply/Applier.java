package io.jenkins.plugins.shera.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Change.Action;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Plans, applies and withdraws a set of manifests in one cluster. All calls talk to the API server and may take long. */
public final class Applier {

    /** What others need comes first; workloads come last. */
    private static final List<String> ORDER = List.of(
            "Namespace",
            "CustomResourceDefinition",
            "ServiceAccount",
            "ConfigMap",
            "Secret",
            "PersistentVolumeClaim",
            "Service");

    private final KubeApi api;
    private final Kinds kinds;

    /** For the cluster of this API. */
    public Applier(KubeApi api, Kinds kinds) {
        this.api = api;
        this.kinds = kinds;
    }

    /**
     * Lets the server try every manifest without keeping anything.
     *
     * @throws KubeException if the server does not answer or does not know us; a refusal of one object stands in the plan
     */
    public Plan plan(List<Manifest> manifests) throws KubeException {
        List<Change> changes = new ArrayList<>();
        for (Manifest manifest : ordered(manifests)) {
            changes.add(plan(manifest));
        }
        return new Plan(List.copyOf(changes));
    }

    private Change plan(Manifest manifest) throws KubeException {
        ObjectRef ref = ref(manifest);
        Optional<JsonNode> live = api.find(ref);
        try {
            JsonNode result = api.apply(ref, manifest.content(), true);
            if (live.isEmpty()) {
                List<String> whole = Diff.between(MissingNode.getInstance(), manifest.content());
                return new Change(ref, manifest, Action.CREATE, whole, null);
            }
            List<String> diff = Diff.between(live.get(), result);
            return new Change(ref, manifest, diff.isEmpty() ? Action.KEEP : Action.UPDATE, diff, null);
        } catch (KubeException e) {
            if (e.kind().isPassing() || e.kind() == Kind.UNAUTHENTICATED || e.kind() == Kind.UNTRUSTED) {
                throw e;
            }
            return new Change(ref, manifest, Action.REFUSED, List.of(), e);
        }
    }

    /**
     * Applies every manifest, one after the other; the same set applied again changes nothing.
     *
     * @return what the server says is there now
     * @throws ApplyException naming the object that was refused and those that had been applied before it
     */
    public List<JsonNode> apply(List<Manifest> manifests) throws ApplyException {
        List<ObjectRef> done = new ArrayList<>();
        List<JsonNode> results = new ArrayList<>();
        for (Manifest manifest : ordered(manifests)) {
            try {
                ObjectRef ref = ref(manifest);
                results.add(api.apply(ref, manifest.content(), false));
                done.add(ref);
            } catch (KubeException e) {
                throw new ApplyException(manifest.toString(), done, e);
            }
        }
        return results;
    }

    /**
     * Deletes those of the objects that still are what the caller made.
     *
     * @param ours tells by the live object whether it may go
     * @return what was deleted
     */
    public List<ObjectRef> withdraw(List<ObjectRef> refs, Predicate<JsonNode> ours) throws KubeException {
        List<ObjectRef> gone = new ArrayList<>();
        for (ObjectRef ref : refs) {
            Optional<JsonNode> live = api.find(ref);
            if (live.isPresent() && ours.test(live.get())) {
                api.delete(ref, live.get().path("metadata").path("uid").asText());
                gone.add(ref);
            }
        }
        return gone;
    }

    /** Where this manifest's object is kept. */
    public ObjectRef ref(Manifest manifest) throws KubeException {
        return new ObjectRef(kinds.find(manifest.apiVersion(), manifest.kind()), manifest.namespace(), manifest.name());
    }

    private static List<Manifest> ordered(List<Manifest> manifests) {
        return manifests.stream()
                .sorted(Comparator.comparingInt(manifest -> {
                    int place = ORDER.indexOf(manifest.kind());
                    return place < 0 ? ORDER.size() : place;
                }))
                .toList();
    }
}
