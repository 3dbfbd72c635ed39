package io.jenkins.plugins.shera.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Knows some objects of a cluster without asking it. What it gives is the caller's own copy. */
public interface Memory {

    /** The object at this path; empty when it does not know, a missing node when it knows that there is none. */
    Optional<JsonNode> found(String path);

    /** The objects of a collection that the selectors choose; empty when it does not know. */
    Optional<List<JsonNode>> listed(String collection, String labelSelector, String fieldSelector);

    /** The API server answered a write with this object. */
    void wrote(String path, JsonNode object);

    /** The API server took the order to delete the object at this path. */
    void deleted(String path);
}
