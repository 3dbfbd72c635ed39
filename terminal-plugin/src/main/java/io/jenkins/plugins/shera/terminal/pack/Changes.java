package io.jenkins.plugins.shera.terminal.pack;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** What is different in a container from the image it came from; every list is sorted by name. */
public final class Changes {
    private final TreeMap<String, ContainerFile> changed;
    private final List<String> deleted;
    private final List<String> unreadable;
    private final List<String> others;
    private final Map<String, Integer> layers;
    private final Set<String> added;

    Changes(
            TreeMap<String, ContainerFile> changed,
            List<String> deleted,
            List<String> unreadable,
            List<String> others,
            Map<String, Integer> layers) {
        this(changed, deleted, unreadable, others, layers, null);
    }

    /** {@code added} are those of the changed that the image has not, where layers are not known; else null. */
    Changes(
            TreeMap<String, ContainerFile> changed,
            List<String> deleted,
            List<String> unreadable,
            List<String> others,
            Map<String, Integer> layers,
            Set<String> added) {
        this.changed = changed;
        this.deleted = List.copyOf(deleted);
        this.unreadable = List.copyOf(unreadable);
        this.others = List.copyOf(others);
        this.layers = Map.copyOf(layers);
        this.added = added == null ? null : Set.copyOf(added);
    }

    /** Added and changed files, folders and symbolic links by name. */
    public Map<String, ContainerFile> changed() {
        return java.util.Collections.unmodifiableMap(changed);
    }

    /** Names the image has and the container has not; of a folder that is gone only the folder itself. */
    public List<String> deleted() {
        return deleted;
    }

    /** Number of the image's layer, from 0, that brought what is changed or deleted; empty for what the image has not, and where it is not known. */
    public OptionalInt layerOf(String name) {
        Integer layer = layers.get(name);
        return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
    }

    /** Whether the image has nothing of this name. */
    public boolean isAdded(String name) {
        return added == null ? !layers.containsKey(name) : added.contains(name);
    }

    /** What the container's user may not look into; changes there are not seen. */
    public List<String> unreadable() {
        return unreadable;
    }

    /** New sockets, pipes and devices, which are never packaged. */
    public List<String> others() {
        return others;
    }
}
