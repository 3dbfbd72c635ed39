package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.quota.Peak;
import io.jenkins.plugins.shera.deploy.storage.Writers;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import java.util.Optional;

/** Looks for what would go wrong with a second set of pods beside stable, before there is one. */
final class Preflight {

    private static final ResourceKind BUDGET =
            new ResourceKind("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", true);

    private final KubeApi api;
    private final RolloutPlan plan;
    private final JsonNode stable;

    Preflight(KubeApi api, RolloutPlan plan, JsonNode stable) {
        this.api = api;
        this.plan = plan;
        this.stable = stable;
    }

    void check(boolean byRequests) throws KubeException, RolloutException {
        JsonNode foreign = new Observer(api, plan).deployment(plan.subject().canary());
        if (foreign.isObject()
                && !foreign.path("metadata")
                        .path("annotations")
                        .path("shera.io/application")
                        .asText()
                        .equals(plan.subject().application())) {
            throw refused("there is a Deployment " + plan.subject().canary() + " that is not ours. Rename it.");
        }
        if (!byRequests && plan.steps().stream().anyMatch(PlanStep.SetMatch.class::isInstance)) {
            throw refused("the router " + plan.router()
                    + " splits by pods and cannot match headers or cookies. Choose another router for match.");
        }
        volumes();
        room(byRequests ? Split.REQUESTS : Split.PODS);
        selectors();
    }

    /** The largest canary and one pod more, which the promotion begins with, beside stable as it is. */
    private void room(Split split) throws KubeException, RolloutException {
        int stablePods = stable.path("spec").path("replicas").asInt(1);
        int canary = 0;
        for (int step = 0; step < plan.steps().size(); step++) {
            RolloutStatus at = new RolloutStatus();
            at.step = step;
            canary = Math.max(canary, Wanted.of(plan, at, stablePods, split).replicas());
        }
        if (canary == 0) {
            return;
        }
        Optional<String> over = new Peak(api, plan.subject().namespace())
                .over(plan.canaryTemplate(), canary + (stablePods > 0 ? 1 : 0));
        if (over.isPresent()) {
            throw refused(over.get());
        }
    }

    private void volumes() throws KubeException, RolloutException {
        for (Writers.Mounted mounted : Writers.of(api, plan.subject().namespace(), plan.after())) {
            if (mounted.isMissing()) {
                throw refused("its pods mount the claim " + mounted.claim() + ", which is not in the namespace "
                        + plan.subject().namespace()
                        + ", so none of them would ever start. Create the claim, or correct its name.");
            }
            if (mounted.exclusive()) {
                throw refused(
                        "its volume " + mounted.claim() + " can be written by one node or pod only ("
                                + mounted.modes()
                                + "), and a canary would start a second writer. Use a ReadWriteMany volume, or deployApplication.");
            }
        }
    }

    /** Canary pods must not be taken for stable ones by anything that selects stable pods. */
    private void selectors() throws KubeException, RolloutException {
        ObjectNode labels = CanaryObjects.podLabels(stable, plan.after());
        for (JsonNode service : api.list(ResourceKind.SERVICE, plan.subject().namespace(), "", "")) {
            String name = service.path("metadata").path("name").asText();
            JsonNode selector = service.path("spec").path("selector");
            if (!name.equals(plan.subject().canary())
                    && selector.size() > 0
                    && chooses(selector, labels)
                    && !isOpenedByUs(service)) {
                throw refused("the Service " + name
                        + " would take the canary's pods for stable ones. Add the label shera.io/track: stable to its"
                        + " selector and to the pods of stable.");
            }
        }
        for (JsonNode budget : api.list(BUDGET, plan.subject().namespace(), "", "")) {
            JsonNode selector = budget.path("spec").path("selector").path("matchLabels");
            if (selector.size() > 0 && chooses(selector, labels)) {
                throw refused("the PodDisruptionBudget "
                        + budget.path("metadata").path("name").asText()
                        + " would count the canary's pods. Add the label shera.io/track: stable to its selector.");
            }
        }
    }

    private boolean isOpenedByUs(JsonNode service) {
        return service.path("metadata").path("annotations").has("shera.io/rollout-weight");
    }

    private static boolean chooses(JsonNode selector, ObjectNode labels) {
        return selector.properties().stream().allMatch(each -> labels.path(each.getKey())
                .asText("")
                .equals(each.getValue().asText()));
    }

    private RolloutException refused(String why) {
        return new RolloutException("Cannot begin a rollout of " + plan.subject() + ": " + why);
    }
}
