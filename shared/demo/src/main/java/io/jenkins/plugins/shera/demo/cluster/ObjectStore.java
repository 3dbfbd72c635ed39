package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** The objects of the sandbox by their API path; every answer is a copy. Usable from many threads. */
final class ObjectStore {
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();

    /** What each field manager applied last, by path and manager. */
    private final Map<String, Map<String, ObjectNode>> applied = new TreeMap<>();

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

    /** The same by the sandbox itself. */
    synchronized ObjectNode apply(String path, ObjectNode wanted, boolean dryRun) {
        return apply(path, wanted, "sandbox", dryRun);
    }

    /** What all managers name, the latest last: with it the object is created, or replaced but for its identity, status and revision. */
    synchronized ObjectNode apply(String path, ObjectNode part, String manager, boolean dryRun) {
        Map<String, ObjectNode> parts = new LinkedHashMap<>(applied.getOrDefault(path, Map.of()));
        parts.remove(manager);
        parts.put(manager, part.deepCopy());
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        parts.values().forEach(each -> merge(wanted, each));
        ObjectNode result = replaced(path, wanted);
        if (dryRun) {
            return result;
        }
        applied.put(path, parts);
        return keep(path, result);
    }

    private static void merge(ObjectNode into, ObjectNode part) {
        part.properties().forEach(each -> {
            if (each.getValue() instanceof ObjectNode deeper && into.get(each.getKey()) instanceof ObjectNode there) {
                merge(there, deeper);
            } else {
                into.set(each.getKey(), each.getValue().deepCopy());
            }
        });
    }

    private ObjectNode replaced(String path, ObjectNode wanted) {
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
        return result;
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
        applied.remove(path);
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
