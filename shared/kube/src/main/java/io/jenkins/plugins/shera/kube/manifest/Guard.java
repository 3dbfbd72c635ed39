package io.jenkins.plugins.shera.kube.manifest;

import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tenant may have applied: objects of its own namespaces alone, no rights, no limits of its own, and pods within
 * {@link PodSecurity baseline}. It names all problems at once; the cluster's own rules still count behind it.
 */
public final class Guard {

    private static final Map<String, String> REFUSED_GROUPS = Map.of(
            "rbac.authorization.k8s.io", "rights are given by the cluster's administrators",
            "admissionregistration.k8s.io", "admission is the cluster's administrators'",
            "authentication.k8s.io", "tokens are given by the cluster's administrators",
            "authorization.k8s.io", "rights are given by the cluster's administrators",
            "certificates.k8s.io", "certificates are given by the cluster's administrators");
    private static final Map<String, String> REFUSED_KINDS = Map.of(
            "v1/ResourceQuota", "the tenant's limits are set on the tenant's page",
            "v1/LimitRange", "the tenant's limits are set on the tenant's page",
            "v1/Binding", "the scheduler places pods");

    private final Set<String> namespaces;
    private final Kinds kinds;

    /**
     * A guard for one tenant.
     *
     * @param namespaces all namespaces the objects may be in
     */
    public Guard(Set<String> namespaces, Kinds kinds) {
        this.namespaces = Set.copyOf(namespaces);
        this.kinds = kinds;
    }

    /**
     * Places and checks the manifests.
     *
     * @param defaultNamespace for manifests that name none
     * @return the same objects, each with its namespace
     * @throws ManifestException with every problem
     * @throws KubeException if the cluster could not be asked about a kind
     */
    public List<Manifest> check(List<Manifest> manifests, String defaultNamespace)
            throws ManifestException, KubeException {
        List<Manifest> placed = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            String refusal = refusal(manifest);
            if (refusal != null) {
                problems.add(manifest.where() + ": " + manifest + " is refused: " + refusal + ".");
                continue;
            }
            String namespace = manifest.namespace().isEmpty() ? defaultNamespace : manifest.namespace();
            if (!namespaces.contains(namespace)) {
                problems.add(manifest.where() + ": " + manifest + " is for namespace '" + namespace
                        + "', which is not this tenant's. Its namespaces are "
                        + String.join(", ", namespaces.stream().sorted().toList()) + ".");
            }
            for (String violation : PodSecurity.violations(manifest.content())) {
                problems.add(manifest.where() + ": " + manifest + ": " + violation
                        + ", which Pod Security 'baseline' does not allow. Leave it out.");
            }
            placed.add(manifest.in(namespace));
        }
        if (!problems.isEmpty()) {
            throw new ManifestException(problems, null);
        }
        return placed;
    }

    private String refusal(Manifest manifest) throws KubeException {
        int slash = manifest.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : manifest.apiVersion().substring(0, slash);
        String reason = REFUSED_GROUPS.get(group);
        if (reason == null) {
            reason = REFUSED_KINDS.get(manifest.apiVersion() + "/" + manifest.kind());
        }
        if (reason != null) {
            return reason;
        }
        if (!manifest.content().path("spec").path("externalIPs").isEmpty()) {
            return "spec.externalIPs could take the traffic of others";
        }
        ResourceKind kind = kinds.find(manifest.apiVersion(), manifest.kind());
        return kind.namespaced() ? null : "it belongs to the whole cluster, not to a namespace";
    }
}
