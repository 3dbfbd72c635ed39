package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.manifest.Bindings;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The middleware that an application is bound to: it must be there, and pods start anew when its credentials were changed. */
final class Bound {

    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final String OF = "shera.io/middleware";
    private static final String CREDENTIALS = "shera.io/credentials";

    private final KubeApi api;
    private final DeployRequest request;

    Bound(KubeApi api, DeployRequest request) {
        this.api = api;
        this.request = request;
    }

    void check() throws DeployException, KubeException {
        for (String instance : request.spec().bind().values()) {
            Optional<JsonNode> secret = secret(instance);
            boolean ours = secret.isPresent()
                    && instance.equals(secret.get()
                            .path("metadata")
                            .path("labels")
                            .path(OF)
                            .asText(""))
                    && request.origin()
                            .tenant()
                            .equals(annotations(secret.get())
                                    .path("shera.io/tenant")
                                    .asText(""));
            if (!ours) {
                throw new DeployException(
                        "Cannot deploy " + request + ", so nothing was changed: there is no middleware " + instance
                                + " in the namespace " + request.namespace()
                                + " to bind to. Deploy it first with deployMiddleware, or correct its name.",
                        null);
            }
        }
    }

    /** Marks the pods with which making of the credentials they got. */
    List<Manifest> into(List<Manifest> manifests) throws KubeException {
        Map<String, String> makings = new TreeMap<>();
        for (String instance : request.spec().bind().values()) {
            String making = secret(instance)
                    .map(live -> annotations(live).path(CREDENTIALS).asText(""))
                    .orElse("");
            if (!making.isEmpty()) {
                makings.put(CREDENTIALS + "-" + instance, making);
            }
        }
        for (Manifest manifest : manifests) {
            if (!makings.isEmpty() && manifest.kind().equals("Deployment")) {
                makings.forEach(manifest.content().withObject("/spec/template/metadata/annotations")::put);
            }
        }
        return manifests;
    }

    private Optional<JsonNode> secret(String instance) throws KubeException {
        return api.find(new ObjectRef(SECRET, request.namespace(), Bindings.secret(instance)));
    }

    private static JsonNode annotations(JsonNode live) {
        return live.path("metadata").path("annotations");
    }
}
