package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.Comparator;
import java.util.List;

/** The revisions that a StatefulSet or DaemonSet can go back to, as the cluster keeps them. */
public final class Revisions {

    private static final ResourceKind KIND =
            new ResourceKind("apps/v1", "ControllerRevision", "controllerrevisions", true);

    private Revisions() {}

    /** Those of this workload, the newest first: it is the one of the template that it has now. */
    public static List<JsonNode> of(KubeApi api, JsonNode live) throws KubeException {
        String uid = live.path("metadata").path("uid").asText();
        return api.list(KIND, live.path("metadata").path("namespace").asText(), "", "").stream()
                .filter(each -> each.path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("uid")
                        .asText()
                        .equals(uid))
                .filter(each -> each.path("data").path("spec").path("template").isObject())
                .sorted(Comparator.comparingLong(Revisions::number).reversed())
                .toList();
    }

    /** As {@code kubectl rollout history} counts. */
    public static long number(JsonNode revision) {
        return revision.path("revision").asLong();
    }

    /** Its pod template. */
    public static ObjectNode template(JsonNode revision) {
        ObjectNode template =
                revision.path("data").path("spec").path("template").deepCopy();
        template.remove("$patch");
        return template;
    }
}
