package io.jenkins.plugins.shera.deploy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.List;
import java.util.Optional;

/**
 * Whether a tenant's pods may run as a service account: it is there, it is the tenant's, and nobody gave it rights by which a program
 * could become somebody else in the namespace.
 */
public final class Accounts {

    private static final ResourceKind ACCOUNT = new ResourceKind("v1", "ServiceAccount", "serviceaccounts", true);
    private static final String TENANT = "shera.io/tenant";

    private record Right(String verb, String group, String resource, String subresource) {
        @Override
        public String toString() {
            return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource)
                    + (group.isEmpty() || group.equals("*") ? "" : "." + group);
        }
    }

    /** Each of these is a way to act as another account, or to read what other programs keep secret. */
    private static final List<Right> TOO_MUCH = List.of(
            new Right("*", "*", "*", ""),
            new Right("list", "", "secrets", ""),
            new Right("create", "", "pods", ""),
            new Right("create", "", "pods", "exec"),
            new Right("create", "", "serviceaccounts", "token"),
            new Right("impersonate", "", "serviceaccounts", ""),
            new Right("create", "rbac.authorization.k8s.io", "rolebindings", ""),
            new Right("create", "apps", "deployments", ""),
            new Right("patch", "apps", "deployments", ""),
            new Right("create", "apps", "statefulsets", ""),
            new Right("create", "apps", "daemonsets", ""),
            new Right("create", "apps", "replicasets", ""),
            new Right("create", "batch", "jobs", ""),
            new Right("create", "batch", "cronjobs", ""));

    private final KubeApi api;
    private final String namespace;
    private final String tenant;

    /** Accounts of one namespace, for one tenant. */
    public Accounts(KubeApi api, String namespace, String tenant) {
        this.api = api;
        this.namespace = namespace;
        this.tenant = tenant;
    }

    /**
     * Why pods may not run as this account, as sentences for people; empty when they may, or when it names none.
     *
     * @throws KubeException when the cluster cannot be asked
     */
    public Optional<String> refusal(String account) throws KubeException {
        if (account.isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> live = api.find(new ObjectRef(ACCOUNT, namespace, account));
        if (live.isEmpty()) {
            return Optional.of("there is no ServiceAccount " + account + " in the namespace " + namespace
                    + ". Create it, for example with deployManifests, or leave serviceAccount out.");
        }
        String owner =
                live.get().path("metadata").path("annotations").path(TENANT).asText("");
        if (!owner.equals(tenant) && !account.equals("default")) {
            return Optional.of("the ServiceAccount " + account + " of the namespace " + namespace + " is "
                    + (owner.isEmpty() ? "nobody's" : "another tenant's")
                    + ". Bring one along with deployManifests, or let the cluster's administrator give it to this tenant:"
                    + " kubectl annotate serviceaccount " + account + " -n " + namespace + " " + TENANT + "=" + tenant
                    + ".");
        }
        try {
            for (Right right : TOO_MUCH) {
                if (may(account, right)) {
                    return Optional.of("the ServiceAccount " + account + " may " + right + " in the namespace "
                            + namespace + ", by which a program could act as somebody else. Take the right away, or run"
                            + " as another account.");
                }
            }
        } catch (KubeException e) {
            if (e.kind() != KubeException.Kind.FORBIDDEN) {
                throw e;
            }
            return Optional.of(
                    "what the ServiceAccount " + account + " may do cannot be asked, and so no pod runs as it."
                            + " Give the tenant's identity 'create' on localsubjectaccessreviews.authorization.k8s.io in the"
                            + " namespace " + namespace + " (the ClusterRole admin has it). " + e.getMessage());
        }
        return Optional.empty();
    }

    private boolean may(String account, Right right) throws KubeException {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "LocalSubjectAccessReview");
        review.putObject("metadata").put("namespace", namespace);
        ObjectNode spec = review.putObject("spec");
        spec.put("user", "system:serviceaccount:" + namespace + ":" + account);
        spec.putArray("groups")
                .add("system:serviceaccounts")
                .add("system:serviceaccounts:" + namespace)
                .add("system:authenticated");
        ObjectNode asked = spec.putObject("resourceAttributes");
        asked.put("namespace", namespace)
                .put("verb", right.verb())
                .put("group", right.group())
                .put("resource", right.resource());
        if (!right.subresource().isEmpty()) {
            asked.put("subresource", right.subresource());
        }
        return api.create(
                        "/apis/authorization.k8s.io/v1/namespaces/" + namespace + "/localsubjectaccessreviews", review)
                .path("status")
                .path("allowed")
                .asBoolean();
    }
}
