package io.jenkins.plugins.shera.terminal.pack;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What is different in a container from the image it came from; every list is sorted by name. */
public final class Changes {
    private final TreeMap<String, ContainerFile> changed;
    private final List<String> deleted;
    private final List<String> unreadable;
    private final List<String> others;
    private final Map<String, Integer> layers;

    Changes(
            TreeMap<String, ContainerFile> changed,
            List<String> deleted,
            List<String> unreadable,
            List<String> others,
            Map<String, Integer> layers) {
        this.changed = changed;
        this.deleted = List.copyOf(deleted);
        this.unreadable = List.copyOf(unreadable);
        this.others = List.copyOf(others);
        this.layers = Map.copyOf(layers);
    }

    /** Added and changed files, folders and symbolic links by name. */
    public Map<String, ContainerFile> changed() {
        return java.util.Collections.unmodifiableMap(changed);
    }

    /** Names the image has and the container has not; of a folder that is gone only the folder itself. */
    public List<String> deleted() {
        return deleted;
    }

    /** Number of the image's layer, from 0, that brought what is changed or deleted; empty for what the image has not. */
    public OptionalInt layerOf(String name) {
        Integer layer = layers.get(name);
        return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
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
