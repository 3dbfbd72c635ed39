package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Brings ReplicaSets and pods in line with their Deployments, one pass at a call. A new revision is started whole beside
 * the old one, which goes when the new one is ready.
 */
final class Deployments {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH = "pod-template-hash";

    private final ObjectStore store;

    Deployments(ObjectStore store) {
        this.store = store;
    }

    void reconcile() {
        for (ObjectNode deployment : store.ofKind("Deployment")) {
            reconcile(deployment);
        }
        for (ObjectNode owned : store.ofKind("ReplicaSet")) {
            removeOrphan(
                    owned,
                    ApiPath.apps(namespace(owned), "deployments"),
                    ApiPath.apps(namespace(owned), "replicasets"));
        }
        for (ObjectNode owned : store.ofKind("Pod")) {
            removeOrphan(owned, ApiPath.apps(namespace(owned), "replicasets"), ApiPath.pods(namespace(owned)));
        }
    }

    private void removeOrphan(ObjectNode object, String owners, String own) {
        JsonNode owner = object.path("metadata").path("ownerReferences").path(0);
        if (store.find(owners + "/" + owner.path("name").asText()).isEmpty()) {
            store.delete(own + "/" + name(object));
        }
    }

    private void reconcile(ObjectNode deployment) {
        String namespace = namespace(deployment);
        JsonNode template = deployment.path("spec").path("template");
        String hash = hash(template);
        String setName = name(deployment) + "-" + hash;
        String sets = ApiPath.apps(namespace, "replicasets");
        List<ObjectNode> owned = store.list(sets).stream()
                .filter(set -> isOwner(deployment, set))
                .toList();
        long revision = owned.stream().mapToLong(Deployments::revision).max().orElse(0);
        ObjectNode current = owned.stream()
                .filter(set -> name(set).equals(setName))
                .findFirst()
                .orElse(null);
        if (current == null || revision(current) < revision) {
            revision++;
        }
        ObjectNode set = owned("apps/v1", "ReplicaSet", deployment, setName);
        set.withObjectProperty("metadata").withObjectProperty("annotations").put(REVISION, String.valueOf(revision));
        set.withObjectProperty("metadata")
                .set("labels", withHash(template, hash).path("metadata").path("labels"));
        set.withObjectProperty("spec").set("template", withHash(template, hash));
        int desired = deployment.path("spec").path("replicas").asInt(1);
        set.withObjectProperty("spec").put("replicas", desired);
        ObjectNode kept = store.apply(sets + "/" + setName, set, false);
        int ready = scale(kept, desired);
        int old = 0;
        for (ObjectNode other : owned) {
            if (!name(other).equals(setName)) {
                old += ready >= desired
                        ? retire(other)
                        : store.list(ApiPath.pods(namespace)).stream()
                                .filter(pod -> isOwner(other, pod))
                                .toList()
                                .size();
            }
        }
        report(deployment, revision, desired, ready, old);
    }

    private int scale(ObjectNode set, int desired) {
        String pods = ApiPath.pods(namespace(set));
        List<ObjectNode> owned =
                store.list(pods).stream().filter(pod -> isOwner(set, pod)).toList();
        for (int i = owned.size(); i < desired; i++) {
            String name = name(set) + "-" + UUID.randomUUID().toString().substring(0, 5);
            ObjectNode pod = owned("v1", "Pod", set, name);
            JsonNode template = set.path("spec").path("template");
            pod.withObjectProperty("metadata")
                    .set("labels", template.path("metadata").path("labels"));
            pod.set("spec", template.path("spec").deepCopy());
            pod.withObjectProperty("spec").put("nodeName", "sandbox");
            pod.withObjectProperty("status").put("phase", "Pending");
            store.apply(pods + "/" + name, pod, false);
        }
        for (ObjectNode surplus : owned.subList(Math.min(desired, owned.size()), owned.size())) {
            store.delete(pods + "/" + name(surplus));
        }
        return (int) owned.stream().limit(desired).filter(Deployments::isReady).count();
    }

    private int retire(ObjectNode set) {
        store.edit(
                ApiPath.apps(namespace(set), "replicasets") + "/" + name(set),
                edited -> edited.withObjectProperty("spec").put("replicas", 0));
        scale(set, 0);
        return 0;
    }

    private void report(ObjectNode deployment, long revision, int desired, int ready, int old) {
        store.edit(ApiPath.apps(namespace(deployment), "deployments") + "/" + name(deployment), edited -> {
            edited.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(REVISION, String.valueOf(revision));
            ObjectNode status = edited.putObject("status");
            status.put(
                    "observedGeneration",
                    deployment.path("metadata").path("generation").asLong());
            status.put("replicas", desired + old).put("updatedReplicas", desired);
            status.put("readyReplicas", ready + old).put("availableReplicas", ready + old);
            ArrayNode conditions = status.putArray("conditions");
            conditions
                    .addObject()
                    .put("type", "Progressing")
                    .put("status", "True")
                    .put("reason", ready >= desired ? "NewReplicaSetAvailable" : "ReplicaSetUpdated");
            conditions.addObject().put("type", "Available").put("status", ready + old > 0 ? "True" : "False");
        });
    }

    private static ObjectNode owned(String apiVersion, String kind, ObjectNode owner, String name) {
        ObjectNode object = ObjectStore.object(apiVersion, kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name).put("namespace", namespace(owner));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", owner.path("apiVersion").asText())
                .put("kind", owner.path("kind").asText())
                .put("name", name(owner))
                .put("uid", owner.path("metadata").path("uid").asText())
                .put("controller", true);
        return object;
    }

    private static ObjectNode withHash(JsonNode template, String hash) {
        ObjectNode copy = template.deepCopy();
        copy.withObjectProperty("metadata").withObjectProperty("labels").put(HASH, hash);
        return copy;
    }

    private static String hash(JsonNode template) {
        CRC32 crc = new CRC32();
        crc.update(template.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toString(crc.getValue(), 36);
    }

    static boolean isReady(JsonNode pod) {
        return pod.path("status")
                .path("containerStatuses")
                .path(0)
                .path("ready")
                .asBoolean();
    }

    private static boolean isOwner(JsonNode owner, JsonNode object) {
        return object.path("metadata")
                .path("ownerReferences")
                .path(0)
                .path("uid")
                .equals(owner.path("metadata").path("uid"));
    }

    private static long revision(JsonNode object) {
        return object.path("metadata").path("annotations").path(REVISION).asLong();
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }
}
