package io.jenkins.plugins.shera.kube.api;

/**
 * Names one object. Name and namespace become part of a URL, so only what Kubernetes allows in a path segment passes.
 *
 * @param namespace ignored, and may be empty, for kinds of the whole cluster
 */
public record ObjectRef(ResourceKind kind, String namespace, String name) {

    /** Checks both names. */
    public ObjectRef {
        check("name", name, false);
        check("namespace", namespace, !kind.namespaced());
    }

    private static void check(String what, String value, boolean mayBeEmpty) {
        if (value == null || value.isEmpty() && !mayBeEmpty) {
            throw new IllegalArgumentException("The " + what + " of a Kubernetes object is missing. Give one.");
        }
        if (!value.isEmpty() && !value.matches("[a-z0-9A-Z:]([a-z0-9A-Z:._-]{0,251}[a-z0-9A-Z])?")) {
            throw new IllegalArgumentException("'" + value + "' cannot be the " + what + " of a Kubernetes object."
                    + " Use lower case letters, digits, '-' and '.'.");
        }
    }

    /** Path of this object on the API server. */
    public String path() {
        return kind.collection(namespace) + "/" + name;
    }

    @Override
    public String toString() {
        return kind.kind() + " " + (kind.namespaced() ? namespace + "/" : "") + name;
    }
}
