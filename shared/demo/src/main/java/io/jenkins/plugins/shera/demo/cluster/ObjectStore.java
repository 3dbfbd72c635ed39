package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** The objects of the sandbox by their API path; every answer is a copy. Usable from many threads. */
final class ObjectStore {
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private long version;

    synchronized Optional<ObjectNode> find(String path) {
        return Optional.ofNullable(objects.get(path)).map(ObjectNode::deepCopy);
    }

    /** Everything directly below a collection's path. */
    synchronized List<ObjectNode> list(String collection) {
        List<ObjectNode> found = new ArrayList<>();
        String prefix = collection + "/";
        objects.tailMap(prefix, true).forEach((path, object) -> {
            if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
                found.add(object.deepCopy());
            }
        });
        return found;
    }

    /** Everything of a kind in every namespace. */
    synchronized List<ObjectNode> ofKind(String kind) {
        return objects.values().stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** Creates the object, or replaces all but what the sandbox itself keeps in it: its identity, status, revision. */
    synchronized ObjectNode apply(String path, ObjectNode wanted, boolean dryRun) {
        ObjectNode result = wanted.deepCopy();
        ObjectNode before = objects.get(path);
        ObjectNode metadata = result.withObjectProperty("metadata");
        if (before == null) {
            metadata.put("uid", UUID.randomUUID().toString());
            metadata.put("creationTimestamp", now());
            metadata.put("generation", 1);
        } else {
            JsonNode kept = before.path("metadata");
            for (String field :
                    List.of("uid", "creationTimestamp", "generation", "resourceVersion", "ownerReferences")) {
                if (kept.has(field)) {
                    metadata.set(field, kept.get(field));
                }
            }
            kept.path("annotations").properties().stream()
                    .filter(annotation -> annotation.getKey().startsWith("deployment.kubernetes.io/"))
                    .forEach(annotation ->
                            metadata.withObjectProperty("annotations").set(annotation.getKey(), annotation.getValue()));
            if (before.has("status")) {
                result.set("status", before.get("status"));
            }
            if (before.path("kind").asText().equals("Service")) {
                result.withObjectProperty("spec")
                        .set("clusterIP", before.path("spec").path("clusterIP"));
            }
            if (!before.path("spec").equals(result.path("spec"))) {
                metadata.put("generation", kept.path("generation").asLong() + 1);
            }
        }
        return dryRun ? result : keep(path, result);
    }

    /** Changes an object in place, if it is still there. */
    synchronized void edit(String path, Consumer<ObjectNode> change) {
        ObjectNode object = objects.get(path);
        if (object != null) {
            ObjectNode edited = object.deepCopy();
            change.accept(edited);
            keep(path, edited);
        }
    }

    synchronized boolean delete(String path) {
        return objects.remove(path) != null;
    }

    private ObjectNode keep(String path, ObjectNode object) {
        if (!object.equals(objects.get(path))) {
            object.withObjectProperty("metadata").put("resourceVersion", String.valueOf(++version));
            objects.put(path, object);
        }
        return object.deepCopy();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static ObjectNode object(String apiVersion, String kind) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", apiVersion)
                .put("kind", kind);
    }
}
