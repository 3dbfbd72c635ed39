package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.Route;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a route on one node.
 *
 * @param generation in force now
 * @param before what its owner had there; null for nothing
 * @param beside other routes of its host as they were, which show the same certificate
 */
public record PublishedOnNode(long generation, Route before, List<Route> beside) implements Serializable {
    /** Copies the lists into such that travel. */
    public PublishedOnNode {
        beside = new ArrayList<>(beside);
    }
}
