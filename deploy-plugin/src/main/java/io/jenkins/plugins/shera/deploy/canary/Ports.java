package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;

/** Finds the port of an application's Service. */
final class Ports {

    private Ports() {}

    /** The first port, or 0 without a Service. */
    static int of(KubeApi api, Subject subject) throws KubeException {
        return api.find(new ObjectRef(ResourceKind.SERVICE, subject.namespace(), subject.application()))
                .map((JsonNode service) ->
                        service.path("spec").path("ports").path(0).path("port").asInt())
                .orElse(0);
    }
}
