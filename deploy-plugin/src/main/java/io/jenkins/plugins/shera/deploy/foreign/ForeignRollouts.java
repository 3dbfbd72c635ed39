package io.jenkins.plugins.shera.deploy.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds who else drives an application: by its name, or by the workload that a rollout refers to. */
public final class ForeignRollouts {

    static final ResourceKind ARGO = new ResourceKind("argoproj.io/v1alpha1", "Rollout", "rollouts", true);
    static final ResourceKind FLAGGER = new ResourceKind("flagger.app/v1beta1", "Canary", "canaries", true);

    private static final long ABSENT_NANOS = 60_000_000_000L;

    /** Until when a cluster is known not to have a kind, by both names. */
    private final Map<String, Long> absent = new ConcurrentHashMap<>();

    /** The rollout of this application by another controller; empty where there is none, or the tenant may not see any. */
    public Optional<ForeignRollout> find(KubeApi api, Subject subject) throws KubeException {
        String name = subject.application();
        for (JsonNode each : list(api, subject, ARGO)) {
            boolean own = each.path("metadata").path("name").asText().equals(name);
            if (own
                    || each.path("spec")
                            .path("workloadRef")
                            .path("name")
                            .asText()
                            .equals(name)) {
                return Optional.of(ArgoRollout.read(api, subject, each));
            }
        }
        for (JsonNode each : list(api, subject, FLAGGER)) {
            if (each.path("spec").path("targetRef").path("name").asText().equals(name)) {
                return Optional.of(FlaggerCanary.read(api, subject, each));
            }
        }
        return Optional.empty();
    }

    private List<JsonNode> list(KubeApi api, Subject subject, ResourceKind kind) throws KubeException {
        String key = subject.cluster() + "/" + kind.plural();
        Long until = absent.get(key);
        if (until != null && until - System.nanoTime() > 0) {
            return List.of();
        }
        try {
            return api.list(kind, subject.namespace(), "", "");
        } catch (KubeException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                absent.put(key, System.nanoTime() + ABSENT_NANOS);
                return List.of();
            }
            if (e.kind() == Kind.FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }
}
