package io.jenkins.plugins.shera.terminal.docker;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A container of an engine that runs.
 *
 * @param id its own, of this start and every other of it
 * @param name by which people know it
 * @param image as it was asked for
 * @param names of the image by digest, where it was pulled from or pushed to
 * @param system and processor of the image, as in {@code linux/arm64/v8}
 * @param layers digests of the image's unpacked layers
 * @param started when it was started
 * @param mounts paths at which something else is mounted
 */
public record EngineContainer(
        String id,
        String name,
        String image,
        List<String> names,
        String system,
        List<String> layers,
        Instant started,
        Set<String> mounts) {

    /** Keeps its own copies. */
    public EngineContainer {
        names = List.copyOf(names);
        layers = List.copyOf(layers);
        mounts = Set.copyOf(mounts);
    }

    /** What tells this start apart from every other one. */
    public String mark() {
        return mark(id, started);
    }

    static String mark(String id, Instant started) {
        return id + "." + started;
    }
}
