package io.jenkins.plugins.shera.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds where a kind is kept: the usual ones by heart, any other by asking the cluster's discovery once, so no kind is
 * out of reach because we have no class for it.
 */
public final class Kinds {

    private static final Map<String, ResourceKind> KNOWN = Stream.of(
                    ResourceKind.DEPLOYMENT,
                    ResourceKind.REPLICA_SET,
                    ResourceKind.POD,
                    ResourceKind.SERVICE,
                    new ResourceKind("v1", "ConfigMap", "configmaps", true),
                    new ResourceKind("v1", "Secret", "secrets", true),
                    new ResourceKind("v1", "Namespace", "namespaces", false),
                    new ResourceKind("v1", "ServiceAccount", "serviceaccounts", true),
                    new ResourceKind("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true),
                    new ResourceKind("v1", "PersistentVolume", "persistentvolumes", false),
                    new ResourceKind("v1", "Node", "nodes", false),
                    new ResourceKind("v1", "ResourceQuota", "resourcequotas", true),
                    new ResourceKind("v1", "LimitRange", "limitranges", true),
                    new ResourceKind("apps/v1", "StatefulSet", "statefulsets", true),
                    new ResourceKind("apps/v1", "DaemonSet", "daemonsets", true),
                    new ResourceKind("batch/v1", "Job", "jobs", true),
                    new ResourceKind("batch/v1", "CronJob", "cronjobs", true),
                    new ResourceKind("networking.k8s.io/v1", "Ingress", "ingresses", true))
            .collect(Collectors.toUnmodifiableMap(kind -> key(kind.apiVersion(), kind.kind()), Function.identity()));

    private final KubeApi api;
    private final Map<String, List<ResourceKind>> discovered = new ConcurrentHashMap<>();

    /** Kinds of the cluster that this API belongs to. */
    public Kinds(KubeApi api) {
        this.api = api;
    }

    /**
     * Where this kind is kept.
     *
     * @throws KubeException of kind NOT_FOUND when the cluster has no such kind
     */
    public ResourceKind find(String apiVersion, String kind) throws KubeException {
        ResourceKind known = KNOWN.get(key(apiVersion, kind));
        if (known != null) {
            return known;
        }
        List<ResourceKind> offered = discovered.get(apiVersion);
        if (offered == null) {
            offered = discover(apiVersion);
            discovered.put(apiVersion, offered);
        }
        return offered.stream()
                .filter(candidate -> candidate.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> unknown(apiVersion, kind, null));
    }

    private List<ResourceKind> discover(String apiVersion) throws KubeException {
        if (!apiVersion.matches("([a-z0-9.-]{1,253}/)?v[a-z0-9]{1,60}")) {
            throw unknown(apiVersion, "", null);
        }
        JsonNode list;
        try {
            list = api.get((apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion);
        } catch (KubeException e) {
            throw e.kind() == Kind.NOT_FOUND ? unknown(apiVersion, "", e) : e;
        }
        Stream.Builder<ResourceKind> found = Stream.builder();
        for (JsonNode resource : list.path("resources")) {
            String name = resource.path("name").asText();
            if (name.matches("[a-z0-9-]{1,253}")) {
                found.add(new ResourceKind(
                        apiVersion,
                        resource.path("kind").asText(),
                        name,
                        resource.path("namespaced").asBoolean()));
            }
        }
        return found.build().toList();
    }

    private static KubeException unknown(String apiVersion, String kind, Throwable cause) {
        String what = kind.isEmpty() ? "apiVersion " + apiVersion : "kind " + kind + " in " + apiVersion;
        return new KubeException(
                Kind.NOT_FOUND,
                404,
                "The cluster has no " + what + ". Correct the spelling, or install the definition first.",
                List.of(),
                cause);
    }

    private static String key(String apiVersion, String kind) {
        return apiVersion + " " + kind;
    }
}
