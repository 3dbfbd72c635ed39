package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.Optional;
import java.util.Set;

/** Keeps a plain deployment from changing the stable side under a canary. */
public final class RunningRollout {

    private static final Set<String> MOVING = Set.of("Initialized", "Progressing", "Paused", "Promoting", "Degraded");
    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);

    private RunningRollout() {}

    /** Refuses while a rollout of the application is under way. */
    static void refuse(KubeApi api, DeployRequest request) throws DeployException, KubeException {
        String phase = moving(api, request.namespace(), request.spec().name());
        if (!phase.isEmpty()) {
            throw new DeployException(
                    "Cannot deploy " + request + ": a rollout of it is " + phase
                            + ". Nothing was changed. Promote or abort the rollout first.",
                    null);
        }
    }

    /** The phase of the rollout that is under way, empty when none is. */
    public static String moving(KubeApi api, String namespace, String name) throws KubeException {
        Optional<JsonNode> record = api.find(new ObjectRef(CONFIG_MAP, namespace, name + "-rollout"));
        String phase = record.map(found -> found.path("metadata")
                        .path("annotations")
                        .path("shera.io/phase")
                        .asText())
                .orElse("");
        return MOVING.contains(phase) ? phase : "";
    }
}
