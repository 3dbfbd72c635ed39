package io.jenkins.plugins.shera.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The objects of the double, by collection and name, with versions, watches, and pods that follow their Deployments. */
final class Objects {

    private static final int MOST_EVENTS = 5_000;

    private final Map<String, TreeMap<String, ObjectNode>> collections = new HashMap<>();
    private final Map<String, Deque<Event>> events = new HashMap<>();
    private final List<ObjectNode> moves = new ArrayList<>();
    private final Controllers controllers = new Controllers(this);
    private long version = 1;

    /** What a request is answered. */
    record Answer(int status, JsonNode body) {}

    /** One change. */
    record Event(String type, long version, ObjectNode object) {}

    synchronized Answer request(String method, String asked, Map<String, String> query, String type, JsonNode body) {
        String path = asked.endsWith("/status") ? asked.substring(0, asked.length() - "/status".length()) : asked;
        boolean one = isObject(path);
        String collection = one ? path.substring(0, path.lastIndexOf('/')) : path;
        String name = one
                ? path.substring(path.lastIndexOf('/') + 1)
                : body == null ? "" : body.path("metadata").path("name").asText();
        ObjectNode there = all(collection).get(name);
        if (!one && method.equals("GET")) {
            return list(collection, query.getOrDefault("labelSelector", ""));
        }
        boolean makes = method.equals("POST") || type.contains("apply-patch");
        if (there == null && !makes) {
            return status(404, "NotFound", path);
        }
        String wanted = body == null
                ? ""
                : body.path("metadata").path("resourceVersion").asText();
        boolean stale = there != null
                && !wanted.isEmpty()
                && !wanted.equals(there.path("metadata").path("resourceVersion").asText());
        if (stale || there != null && method.equals("POST")) {
            return status(409, stale ? "Conflict" : "AlreadyExists", path);
        }
        boolean dry = query.containsKey("dryRun");
        return switch (method) {
            case "GET" -> new Answer(200, there);
            case "DELETE" -> {
                remove(collection, name);
                yield new Answer(200, there);
            }
            case "PUT" -> new Answer(200, put(collection, name, body.deepCopy(), dry));
            default -> {
                ObjectNode next = there == null ? JsonNodeFactory.instance.objectNode() : there.deepCopy();
                merge(next, body, type.contains("apply-patch"));
                yield new Answer(there == null ? 201 : 200, put(collection, name, next, dry));
            }
        };
    }

    /** Whether a path ends with a name: .../namespaces/x/KIND/NAME. */
    private static boolean isObject(String path) {
        int at = path.indexOf("/namespaces/");
        return at >= 0 && path.substring(at).split("/").length == 5;
    }

    private static Answer status(int code, String reason, String path) {
        return new Answer(
                code,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "Status")
                        .put("status", "Failure")
                        .put("reason", reason)
                        .put("message", path)
                        .put("code", code));
    }

    private Answer list(String collection, String selector) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("kind", "List");
        list.putObject("metadata").put("resourceVersion", String.valueOf(version));
        all(collection).values().stream()
                .filter(each -> selects(selector, each))
                .forEach(list.putArray("items")::add);
        return new Answer(200, list);
    }

    static boolean selects(String selector, JsonNode object) {
        for (String part : selector.isEmpty() ? new String[0] : selector.split(",")) {
            String[] pair = part.split("=", 2);
            if (!object.path("metadata").path("labels").path(pair[0]).asText().equals(pair[1])) {
                return false;
            }
        }
        return true;
    }

    synchronized TreeMap<String, ObjectNode> all(String collection) {
        return collections.computeIfAbsent(collection, key -> new TreeMap<>());
    }

    /** Stores an object under the next version; what a watcher was given is never changed afterwards. */
    synchronized ObjectNode put(String collection, String name, ObjectNode object, boolean dry) {
        ObjectNode before = all(collection).get(name);
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.put("name", name);
        metadata.put("namespace", collection.replaceAll(".*/namespaces/([^/]+)/.*", "$1"));
        JsonNode uid = before == null ? null : before.path("metadata").path("uid");
        metadata.put("uid", uid == null ? UUID.randomUUID().toString() : uid.asText());
        metadata.put("resourceVersion", String.valueOf(dry ? version : ++version));
        long generation =
                before == null ? 0 : before.path("metadata").path("generation").asLong();
        boolean asked = before == null || !before.path("spec").equals(object.path("spec"));
        metadata.put("generation", asked ? generation + 1 : generation);
        if (dry) {
            return object;
        }
        all(collection).put(name, object);
        happened(collection, before == null ? "ADDED" : "MODIFIED", object);
        Moves.of(object).ifPresent(moves::add);
        controllers.changed(collection, object, asked);
        return object;
    }

    synchronized void remove(String collection, String name) {
        ObjectNode gone = all(collection).remove(name);
        if (gone != null) {
            ObjectNode last = gone.deepCopy();
            last.withObjectProperty("metadata").put("resourceVersion", String.valueOf(++version));
            happened(collection, "DELETED", last);
            controllers.removed(collection, last);
        }
    }

    private void happened(String collection, String type, ObjectNode object) {
        Deque<Event> all = events.computeIfAbsent(collection, key -> new ArrayDeque<>());
        all.add(new Event(type, version, object));
        while (all.size() > MOST_EVENTS) {
            all.remove();
        }
        notifyAll();
    }

    /** What happened in a collection after a version; waits until something did, or until that moment of the system's nanoseconds. */
    synchronized List<Event> after(String collection, long seen, String selector, long until)
            throws InterruptedException {
        while (true) {
            List<Event> found = new ArrayList<>();
            Deque<Event> all = events.getOrDefault(collection, new ArrayDeque<>());
            for (var newest = all.descendingIterator(); newest.hasNext(); ) {
                Event event = newest.next();
                if (event.version() <= seen) {
                    break;
                }
                if (selects(selector, event.object())) {
                    found.add(0, event);
                }
            }
            long left = (until - System.nanoTime()) / 1_000_000;
            if (!found.isEmpty() || left <= 0) {
                return found;
            }
            wait(left);
        }
    }

    /** RFC 7386; of an applied object the pod template and the selectors are replaced as a whole. */
    private static void merge(ObjectNode into, JsonNode change, boolean applied) {
        change.properties().forEach(each -> {
            String name = each.getKey();
            JsonNode value = each.getValue();
            boolean whole = applied && (name.equals("template") || name.equals("selector"));
            if (value.isNull()) {
                into.remove(name);
            } else if (value.isObject() && !whole) {
                merge(into.withObjectProperty(name), value, applied);
            } else {
                into.set(name, value.deepCopy());
            }
        });
    }

    synchronized List<ObjectNode> moves() {
        return List.copyOf(moves);
    }

    synchronized int size() {
        return collections.values().stream().mapToInt(Map::size).sum();
    }
}
