package io.jenkins.plugins.shera.demo.cluster;

import java.util.Arrays;
import java.util.Map;

/** Paths of the Kubernetes API: {@code /api/v1/namespaces/NS/pods/NAME} or {@code /apis/GROUP/VERSION/...}. */
final class ApiPath {
    private static final Map<String, String> KINDS = Map.of(
            "namespaces", "Namespace",
            "deployments", "Deployment",
            "replicasets", "ReplicaSet",
            "pods", "Pod",
            "services", "Service",
            "configmaps", "ConfigMap",
            "secrets", "Secret",
            "events", "Event",
            "resourcequotas", "ResourceQuota",
            "nodes", "Node");

    private ApiPath() {}

    /** The part behind group and version. */
    private static String[] rest(String path) {
        String[] parts = path.split("/");
        int from = path.startsWith("/apis/") ? 4 : 3;
        return parts.length <= from ? new String[0] : Arrays.copyOfRange(parts, from, parts.length);
    }

    static boolean isNamespaced(String path) {
        String[] rest = rest(path);
        return rest.length > 2 && rest[0].equals("namespaces");
    }

    static boolean isCollection(String path) {
        return rest(path).length % 2 == 1;
    }

    static String namespace(String path) {
        return isNamespaced(path) ? rest(path)[1] : "";
    }

    /** The kind of the object or collection; empty for one the sandbox does not have. */
    static String kindOf(String path) {
        String[] rest = rest(path);
        String resource = rest.length == 0 ? "" : rest[rest.length % 2 == 1 ? rest.length - 1 : rest.length - 2];
        return KINDS.getOrDefault(resource, "");
    }

    static String apiVersion(String path) {
        String[] parts = path.split("/");
        return path.startsWith("/apis/") ? parts[2] + "/" + parts[3] : "v1";
    }

    static String pods(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/pods";
    }

    static String apps(String namespace, String resource) {
        return "/apis/apps/v1/namespaces/" + namespace + "/" + resource;
    }
}
