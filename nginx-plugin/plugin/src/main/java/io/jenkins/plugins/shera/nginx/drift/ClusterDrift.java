package io.jenkins.plugins.shera.nginx.drift;

import java.time.Instant;
import java.util.List;

/**
 * What was last seen of a cluster.
 *
 * @param drifted names of the nodes that are not as they were left
 * @param unread names of the nodes that could not be read
 */
public record ClusterDrift(Instant at, List<String> drifted, List<String> unread) {
    /** Copies the lists. */
    public ClusterDrift {
        drifted = List.copyOf(drifted);
        unread = List.copyOf(unread);
    }
}
