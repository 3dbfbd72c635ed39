package io.jenkins.plugins.shera.kube.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import java.util.ArrayList;
import java.util.List;

/** Asks a cluster for its version and for what we may do in a namespace; changes nothing there. */
public final class ConnectionTest {

    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private static final List<Right> NEEDED = List.of(
            new Right("patch", "apps", "deployments", ""),
            new Right("create", "apps", "deployments", ""),
            new Right("patch", "", "services", ""),
            new Right("patch", "", "configmaps", ""),
            new Right("patch", "", "secrets", ""),
            new Right("list", "", "pods", ""),
            new Right("get", "", "pods", "log"),
            new Right("list", "apps", "replicasets", ""),
            new Right("list", "", "events", ""));

    private ConnectionTest() {}

    /**
     * Version and rights.
     *
     * @throws KubeException if the cluster does not answer or does not accept the identity
     */
    public static Report run(KubeApi api, String namespace) throws KubeException {
        String version = api.get("/version").path("gitVersion").asText("unknown");
        List<Right> missing = new ArrayList<>();
        for (Right right : NEEDED) {
            if (!allowed(api, namespace, right)) {
                missing.add(right);
            }
        }
        return new Report(version, namespace, missing);
    }

    private static boolean allowed(KubeApi api, String namespace, Right right) throws KubeException {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
        attributes.put("namespace", namespace).put("verb", right.verb());
        attributes.put("group", right.group()).put("resource", right.resource());
        if (!right.subresource().isEmpty()) {
            attributes.put("subresource", right.subresource());
        }
        JsonNode answer = api.create(REVIEWS, review);
        return answer.path("status").path("allowed").asBoolean(false);
    }

    /** One verb on one resource; group and subresource may be empty. */
    public record Right(String verb, String group, String resource, String subresource) {
        @Override
        public String toString() {
            return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource)
                    + (group.isEmpty() ? "" : "." + group);
        }
    }

    /**
     * What the cluster answered.
     *
     * @param version for example {@code v1.34.4}
     * @param namespace the one that was asked about
     * @param missing rights that deploying there needs and the identity has not
     */
    public record Report(String version, String namespace, List<Right> missing) {
        /** Whether an application can be deployed there. */
        public boolean isSufficient() {
            return missing.isEmpty();
        }
    }
}
