package io.jenkins.plugins.shera.kubeng.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kubeng.intended.SafeFile;
import io.jenkins.plugins.shera.nginx.objects.RouteObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The objects as they were last known, on disk too. Nothing leaves it because an answer lacks it: only a deletion that was told, or one that
 * somebody {@link #forget confirmed}. An older state never takes the place of a later one. Usable from many threads.
 */
final class ObjectBook {
    private static final Logger LOG = Logger.getLogger(ObjectBook.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OF_NAMESPACE = 1000;

    private final Path file;
    private final TreeMap<String, Kept> objects = new TreeMap<>();
    private final TreeMap<String, String> remembered = new TreeMap<>();
    private final Set<Key> doubtful = new HashSet<>();
    private boolean unsaved;

    /** Which object; the names are those of Kubernetes, which hold no blank. */
    record Key(String cluster, RouteObject.Kind kind, String namespace, String name) {
        private String text() {
            return cluster + " " + kind + " " + namespace + " " + name;
        }

        private static Key of(String text) {
            String[] parts = text.split(" ", 4);
            return new Key(parts[0], RouteObject.Kind.valueOf(parts[1]), parts[2], parts[3]);
        }
    }

    /** An object with what is needed to compare it. */
    record Kept(String uid, long version, JsonNode json) {}

    /** As it lies on disk. */
    record Saved(Map<String, Kept> objects, Map<String, String> remembered) {}

    /** Reads what is there; a file that cannot be read counts as empty, for the objects come again. */
    ObjectBook(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                Saved saved = JSON.readValue(file.toFile(), Saved.class);
                objects.putAll(saved.objects());
                remembered.putAll(saved.remembered());
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "{0} cannot be read; its objects are asked for again", file);
            objects.clear();
            remembered.clear();
        }
    }

    /** Takes what a watch told; gives whether it is news. */
    synchronized boolean put(Key key, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        Kept offered = new Kept(
                metadata.path("uid").asText(), metadata.path("resourceVersion").asLong(), slim(object));
        Kept known = objects.get(key.text());
        doubtful.remove(key);
        boolean stale = known != null && known.uid().equals(offered.uid()) && known.version() >= offered.version();
        if (stale || known == null && isFull(key)) {
            return false;
        }
        objects.put(key.text(), offered);
        // A change of its status alone is no news.
        boolean news = known == null || !known.json().equals(offered.json());
        unsaved |= news;
        return news;
    }

    private boolean isFull(Key key) {
        String begin = key.cluster() + " " + key.kind() + " " + key.namespace() + " ";
        return objects.subMap(begin, begin + Character.MAX_VALUE).size() >= MOST_OF_NAMESPACE;
    }

    private static JsonNode slim(JsonNode object) {
        ObjectNode slim = JSON.createObjectNode();
        JsonNode metadata = object.path("metadata");
        ObjectNode kept = slim.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "creationTimestamp", "annotations")) {
            if (metadata.has(field)) {
                kept.set(field, metadata.get(field));
            }
        }
        slim.set("spec", object.path("spec").isMissingNode() ? JSON.createObjectNode() : object.path("spec"));
        return slim;
    }

    /** The watch told that it was deleted; gives whether it was here. */
    synchronized boolean deleted(Key key, String uid) {
        Kept known = objects.get(key.text());
        return known != null && known.uid().equals(uid) && forget(key);
    }

    /** It is gone for certain. */
    synchronized boolean forget(Key key) {
        doubtful.remove(key);
        boolean was = objects.remove(key.text()) != null;
        unsaved |= was;
        return was;
    }

    /** An answer lacks it: it stays until somebody asked for it by its name. */
    synchronized void doubt(Key key) {
        if (objects.containsKey(key.text())) {
            doubtful.add(key);
        }
    }

    /** All that an answer lacked. */
    synchronized List<Key> doubtful() {
        return List.copyOf(doubtful);
    }

    /** The keys of one kind in one namespace. */
    synchronized List<Key> keys(String cluster, RouteObject.Kind kind, String namespace) {
        return keys().stream()
                .filter(key -> key.cluster().equals(cluster)
                        && key.kind() == kind
                        && key.namespace().equals(namespace))
                .toList();
    }

    /** All of them. */
    synchronized List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        objects.keySet().forEach(text -> keys.add(Key.of(text)));
        return keys;
    }

    /** The object as it was last known. */
    synchronized Optional<Kept> find(Key key) {
        return Optional.ofNullable(objects.get(key.text()));
    }

    /** What was last remembered under this name, or nothing. */
    synchronized String remembered(String name) {
        return remembered.getOrDefault(name, "");
    }

    /** Keeps a word beside the objects, as the number of a port; gives whether it is another than before. */
    synchronized boolean remember(String name, String value) {
        boolean news = !value.equals(remembered.put(name, value));
        unsaved |= news;
        return news;
    }

    /** What is remembered under names that begin so. */
    synchronized Map<String, String> rememberedOf(String begin) {
        return Map.copyOf(remembered.subMap(begin, begin + Character.MAX_VALUE));
    }

    /** Writes what changed; to be called before anybody acts by it. */
    synchronized void keep() {
        if (!unsaved) {
            return;
        }
        try {
            SafeFile.write(file, JSON.writeValueAsBytes(new Saved(objects, remembered)));
            unsaved = false;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The objects cannot be kept in {0}: {1}", new Object[] {file, e.getMessage()});
        }
    }
}
