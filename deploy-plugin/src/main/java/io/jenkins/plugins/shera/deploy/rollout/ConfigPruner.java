package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes away ConfigMaps and Secrets of revisions that nothing can go back to any more. */
public final class ConfigPruner {

    /** Label that {@code ConfigObjects} writes. */
    private static final String OF = "shera.io/config-of";

    /** One that was just made may be for a Deployment that comes next. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final ResourceKind REPLICA_SET = new ResourceKind("apps/v1", "ReplicaSet", "replicasets", true);

    private final KubeApi api;
    private final String namespace;
    private final String name;
    private final Origin origin;

    /** For this application in this namespace; the origin says whose objects may go. */
    public ConfigPruner(KubeApi api, String namespace, String name, Origin origin) {
        this.api = api;
        this.namespace = namespace;
        this.name = name;
        this.origin = origin;
    }

    /** Those that are named by no Deployment, no kept revision and no rollout of the namespace, and are not young. */
    public List<ObjectRef> prune() throws KubeException {
        return prune(YOUNG);
    }

    List<ObjectRef> prune(Duration young) throws KubeException {
        StringBuilder used = new StringBuilder();
        for (ResourceKind kind : List.of(ResourceKind.DEPLOYMENT, REPLICA_SET)) {
            api.list(kind, namespace, "", "")
                    .forEach(each -> used.append(each.path("spec").path("template")));
        }
        api.find(new ObjectRef(CONFIG_MAP, namespace, name + "-rollout")).ifPresent(record -> record.path("data")
                .forEach(each -> used.append(each.asText().replace("\\", ""))));
        String text = used.toString();
        Instant before = api.serverNow().minus(young);
        return remove(each -> !text.contains(
                        "\"" + each.path("metadata").path("name").asText() + "\"")
                && Instant.parse(each.path("metadata").path("creationTimestamp").asText("9999-01-01T00:00:00Z"))
                        .isBefore(before));
    }

    /** Those that this very request made. */
    List<ObjectRef> withdraw() throws KubeException {
        return remove(origin::made);
    }

    private List<ObjectRef> remove(Predicate<JsonNode> which) throws KubeException {
        List<ObjectRef> gone = new ArrayList<>();
        for (ResourceKind kind : List.of(CONFIG_MAP, SECRET)) {
            for (JsonNode each : api.list(kind, namespace, OF + "=" + name, "")) {
                if (origin.owns(each) && which.test(each)) {
                    ObjectRef ref = new ObjectRef(
                            kind, namespace, each.path("metadata").path("name").asText());
                    api.delete(ref, each.path("metadata").path("uid").asText());
                    gone.add(ref);
                }
            }
        }
        return gone;
    }
}
