package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.analysis.AnalysisSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;

/** Looks for what cannot be done where a workload's own pods are replaced, before anything is changed. */
final class InPlacePreflight {

    private final RolloutPlan plan;
    private final JsonNode live;
    private final Workload workload;

    InPlacePreflight(RolloutPlan plan, JsonNode live) {
        this.plan = plan;
        this.live = live;
        this.workload = Workload.of(plan);
    }

    void check() throws RolloutException {
        Subject subject = plan.subject();
        Origin origin = new Origin(subject.tenant(), subject.application(), subject.environment(), "", "");
        if (origin.isForeign(live)) {
            throw refused("it is another application's or environment's. Look at the namespaces of the environments.");
        }
        if (InPlace.isMarked(live)) {
            throw refused(
                    "it stands in the middle of a rollout that nothing is known of any more. Deploy it as it should be"
                            + " with deployManifests, and take the annotation " + InPlace.SHARE + " away.");
        }
        if (workload == Workload.STATEFUL_SET) {
            String strategy =
                    live.path("spec").path("updateStrategy").path("type").asText("RollingUpdate");
            if (!strategy.equals("RollingUpdate") || OrdinalPods.partition(live) > 0) {
                throw refused("its updateStrategy is " + strategy + " with the partition " + OrdinalPods.partition(live)
                        + ", by which the rollout gives shares. Deploy it with RollingUpdate and the partition 0.");
            }
        }
        int pods = workload == Workload.STATEFUL_SET
                ? live.path("spec").path("replicas").asInt(1)
                : live.path("status").path("desiredNumberScheduled").asInt();
        if (pods < 2) {
            throw refused("it has " + pods + (pods == 1 ? " pod" : " pods")
                    + ", and with less than two there is no part of it. Deploy it with deployManifests.");
        }
        Batch.of(plan.routerSettings().get("batch"));
        steps();
    }

    private void steps() throws RolloutException {
        int weight = 0;
        for (PlanStep step : plan.steps()) {
            if (step instanceof PlanStep.SetMatch) {
                throw refused(
                        "its pods get requests whatever their headers and cookies. Leave match out of the steps.");
            }
            if (step instanceof PlanStep.SetCanaryScale scale && scale.percent() > 0) {
                throw refused(
                        "setCanaryScale by weight wants pods beside stable, and there are none. Give setWeight, or"
                                + " setCanaryScale by replicas.");
            }
            if (step instanceof PlanStep.Analyse analyse && analyse.spec().kind() == AnalysisSpec.Kind.METRIC) {
                throw refused("metrics cannot tell its new pods from the others by their names. Analyse by webHook or"
                        + " job.");
            }
            if (step instanceof PlanStep.SetWeight set) {
                if (workload == Workload.DAEMON_SET && set.percent() < weight) {
                    throw refused("its pods do not go back one by one, so setWeight " + set.percent()
                            + " cannot follow setWeight " + weight + ". Let weights grow only.");
                }
                weight = set.percent();
            }
        }
    }

    private RolloutException refused(String why) {
        return new RolloutException(
                "Cannot begin a rollout of the " + workload.word() + " " + plan.subject() + ": " + why);
    }
}
