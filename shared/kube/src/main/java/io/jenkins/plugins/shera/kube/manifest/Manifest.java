package io.jenkins.plugins.shera.kube.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One object somebody wants to have in a cluster.
 *
 * @param where for people, for example {@code deploy.yaml: document 2, line 14}
 * @param content the object as JSON
 */
public record Manifest(String where, ObjectNode content) {

    /** For example {@code apps/v1}. */
    public String apiVersion() {
        return content.path("apiVersion").asText("");
    }

    /** For example {@code Deployment}. */
    public String kind() {
        return content.path("kind").asText("");
    }

    /** The object's name. */
    public String name() {
        return content.path("metadata").path("name").asText("");
    }

    /** The object's namespace, or empty when the manifest leaves it open. */
    public String namespace() {
        return content.path("metadata").path("namespace").asText("");
    }

    /** The same object in this namespace. */
    public Manifest in(String namespace) {
        ObjectNode copy = content.deepCopy();
        copy.withObjectProperty("metadata").put("namespace", namespace);
        return new Manifest(where, copy);
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
