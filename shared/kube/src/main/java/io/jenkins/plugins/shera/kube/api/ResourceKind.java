package io.jenkins.plugins.shera.kube.api;

/**
 * One kind of object and where the API server keeps it.
 *
 * @param apiVersion for example {@code apps/v1}, or {@code v1} for the core group
 * @param plural for example {@code deployments}
 * @param namespaced false for kinds of the whole cluster
 */
public record ResourceKind(String apiVersion, String kind, String plural, boolean namespaced) {

    /** What keeps replicas of an application running. */
    public static final ResourceKind DEPLOYMENT = new ResourceKind("apps/v1", "Deployment", "deployments", true);

    /** One revision of a Deployment. */
    public static final ResourceKind REPLICA_SET = new ResourceKind("apps/v1", "ReplicaSet", "replicasets", true);

    /** What runs. */
    public static final ResourceKind POD = new ResourceKind("v1", "Pod", "pods", true);

    /** The stable address of pods. */
    public static final ResourceKind SERVICE = new ResourceKind("v1", "Service", "services", true);

    /** What the cluster says about an object. */
    public static final ResourceKind EVENT = new ResourceKind("v1", "Event", "events", true);

    /** The group of {@link #apiVersion}, empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Path of the objects of this kind; the namespace is ignored for kinds of the whole cluster. */
    public String collection(String namespace) {
        String root = apiVersion.indexOf('/') < 0 ? "/api/" + apiVersion : "/apis/" + apiVersion;
        return namespaced ? root + "/namespaces/" + namespace + "/" + plural : root + "/" + plural;
    }
}
