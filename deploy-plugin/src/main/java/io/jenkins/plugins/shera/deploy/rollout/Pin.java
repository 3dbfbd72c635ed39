package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Templates;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.io.IOException;
import java.util.Optional;

/**
 * After somebody went back, stable is pinned: what was left does not come back because a build runs again. It holds as long as stable is
 * what was gone back to; whoever signed the record, for a pin too many is lifted by a reason, and one too few by nobody.
 */
final class Pin {

    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubeApi api;
    private final ObjectRef deployment;

    private Pin(KubeApi api, ObjectRef deployment) {
        this.api = api;
        this.deployment = deployment;
    }

    /**
     * Why this Deployment is what somebody went back from, as a sentence for people; empty when it is not.
     *
     * @param live the Deployment that is there, if any
     * @param wanted the one that is to be applied
     */
    static Optional<String> refusal(KubeApi api, ObjectRef deployment, Optional<JsonNode> live, Manifest wanted)
            throws KubeException {
        return live.isEmpty() ? Optional.empty() : new Pin(api, deployment).refusal(live.get(), wanted);
    }

    private Optional<String> refusal(JsonNode live, Manifest wanted) throws KubeException {
        Optional<JsonNode> record =
                api.find(new ObjectRef(CONFIG_MAP, deployment.namespace(), deployment.name() + "-rollout"));
        if (record.isEmpty()) {
            return Optional.empty();
        }
        RolloutPlan plan;
        RolloutStatus status;
        try {
            plan = RolloutPlan.of(
                    JSON.readTree(record.get().path("data").path("plan").asText()));
            status = RolloutStatus.of(
                    JSON.readTree(record.get().path("data").path("status").asText()));
        } catch (IOException | RuntimeException e) {
            // A record that cannot be read says nothing about what was left; a rollout refuses to begin over it.
            return Optional.empty();
        }
        boolean aborted = status.phase() == Phase.ABORTED || status.phase() == Phase.ROLLED_BACK;
        boolean undone = status.phase() == Phase.HEALTHY && plan.steps().isEmpty() && !plan.isSwitch();
        if (plan.isSwitch() || !aborted && !undone) {
            return Optional.empty();
        }
        JsonNode left = aborted ? plan.after() : plan.before();
        JsonNode pinned = aborted ? plan.before() : plan.after();
        if (!image(live.path("spec").path("template")).equals(image(pinned))) {
            return Optional.empty();
        }
        String brought = image(wanted.content().path("spec").path("template"));
        boolean sameImage = brought.equals(image(left)) && !image(left).equals(image(pinned));
        if (!sameImage && !isSame(wanted, left)) {
            return Optional.empty();
        }
        return Optional.of("Stable of " + deployment.name() + " is pinned to " + image(pinned) + ": " + image(left)
                + (aborted
                        ? " was " + status.phase().text() + " (" + status.reason() + ")."
                        : " was undone by " + plan.startedBy() + "."));
    }

    private String image(JsonNode template) {
        String first = "";
        for (JsonNode container : template.path("spec").path("containers")) {
            String image = container.path("image").asText("");
            if (container.path("name").asText().equals(deployment.name())) {
                return image;
            }
            first = first.isEmpty() ? image : first;
        }
        return first;
    }

    /** Only the server knows what becomes of what is not said. */
    private boolean isSame(Manifest wanted, JsonNode left) throws KubeException {
        JsonNode would =
                api.apply(deployment, wanted.content(), true).path("spec").path("template");
        return Templates.hash(would).equals(Templates.hash(left));
    }
}
