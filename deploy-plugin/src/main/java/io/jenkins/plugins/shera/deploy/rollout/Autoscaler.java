package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.Optional;

/** The HorizontalPodAutoscaler that owns the number of pods of a Deployment. */
public record Autoscaler(JsonNode live) {

    /** The kind. */
    public static final ResourceKind KIND =
            new ResourceKind("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true);

    /** The one that scales this Deployment, whoever made it. */
    public static Optional<Autoscaler> of(KubeApi api, String namespace, String deployment) throws KubeException {
        return of(api, namespace, "Deployment", deployment);
    }

    /** The one that scales this workload, whoever made it. */
    public static Optional<Autoscaler> of(KubeApi api, String namespace, String kind, String name)
            throws KubeException {
        for (JsonNode each : api.list(KIND, namespace, "", "")) {
            JsonNode target = each.path("spec").path("scaleTargetRef");
            if (target.path("kind").asText().equals(kind)
                    && target.path("name").asText().equals(name)) {
                return Optional.of(new Autoscaler(each));
            }
        }
        return Optional.empty();
    }

    /** Its name. */
    public String name() {
        return live.path("metadata").path("name").asText();
    }

    /** Fewest pods. */
    public int min() {
        return live.path("spec").path("minReplicas").asInt(1);
    }

    /** Most pods. */
    public int max() {
        return live.path("spec").path("maxReplicas").asInt();
    }

    /** The average use of a resource it aims at, in percent of what each pod asks for; 0 when it does not look at it. */
    public int target(String resource) {
        for (JsonNode metric : live.path("spec").path("metrics")) {
            JsonNode of = metric.path("resource");
            if (of.path("name").asText().equals(resource)) {
                return of.path("target").path("averageUtilization").asInt();
            }
        }
        return 0;
    }

    /** The average use it sees now, in percent; -1 while it sees none. */
    public int seen(String resource) {
        for (JsonNode metric : live.path("status").path("currentMetrics")) {
            JsonNode of = metric.path("resource");
            if (of.path("name").asText().equals(resource)) {
                return of.path("current").path("averageUtilization").asInt(-1);
            }
        }
        return -1;
    }

    /** Why it does not scale now, in the cluster's words; empty when it does. */
    public String trouble() {
        for (JsonNode condition : live.path("status").path("conditions")) {
            boolean needed = condition.path("type").asText().matches("ScalingActive|AbleToScale");
            if (needed && condition.path("status").asText().equals("False")) {
                return condition.path("message").asText();
            }
        }
        return "";
    }

    /** Where it is. */
    public ObjectRef ref(String namespace) {
        return new ObjectRef(KIND, namespace, name());
    }
}
