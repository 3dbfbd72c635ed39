package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.platform.traffic.Match;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import java.util.ArrayList;
import java.util.List;

/** What the cluster should look like at a step: number of canary pods, and traffic. */
record Wanted(int replicas, Traffic traffic) {

    /** With pods as shares, more canary than stable pods would be a promotion by the back door. */
    private static final int MOST_BY_PODS = 50;

    /** A pure function of the plan, the step and how large stable is, or all of it where pods are replaced in place. */
    static Wanted of(RolloutPlan plan, RolloutStatus status, int stablePods, Split split) {
        int weight = 0;
        int replicas = 0;
        int scale = 0;
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i <= status.step && i < plan.steps().size(); i++) {
            PlanStep step = plan.steps().get(i);
            if (step instanceof PlanStep.SetWeight set) {
                weight = set.percent();
            } else if (step instanceof PlanStep.SetCanaryScale set) {
                replicas = set.replicas();
                scale = set.percent();
            } else if (step instanceof PlanStep.SetMatch set) {
                matches.add(set.match());
            }
        }
        if (status.weight >= 0) {
            weight = status.weight;
        }
        Traffic traffic = new Traffic(weight, matches);
        if (split == Split.IN_PLACE) {
            int wanted = weight > 0 ? Math.round(stablePods * weight / 100f) : replicas;
            int least = weight > 0 ? 1 : 0;
            return new Wanted(Math.max(least, Math.min(stablePods - 1, wanted)), traffic);
        }
        int byWeight = split == Split.PODS ? besides(stablePods, weight) : share(stablePods, weight);
        int pods = byWeight;
        if (replicas > 0 && (split == Split.REQUESTS || weight == 0)) {
            pods = replicas;
        } else if (scale > 0 && (split == Split.REQUESTS || weight == 0)) {
            pods = share(stablePods, scale);
        } else if (traffic.isNone() && !standsWithoutTraffic(plan, status)) {
            pods = 0;
        }
        return new Wanted(traffic.isNone() ? pods : Math.max(1, pods), traffic);
    }

    /** The percentage that is asked for at the step, by the plan or by hand. */
    static int weight(RolloutPlan plan, RolloutStatus status) {
        return of(plan, status, 2, Split.REQUESTS).traffic().percent();
    }

    /** A step before the first weight needs no canary, unless traffic came down to nothing again. */
    private static boolean standsWithoutTraffic(RolloutPlan plan, RolloutStatus status) {
        return plan.steps().stream()
                .limit(status.step + 1L)
                .anyMatch(step -> step instanceof PlanStep.SetWeight || step instanceof PlanStep.SetCanaryScale);
    }

    /** Canary pods beside so many stable ones that their share is nearest to the percentage: c/(s+c). */
    private static int besides(int stablePods, int percent) {
        int share = Math.min(percent, MOST_BY_PODS);
        return Math.max(1, Math.min(stablePods, Math.round(stablePods * share / (100f - share))));
    }

    /** Enough canary pods for this share of the requests. */
    private static int share(int stablePods, int percent) {
        return Math.max(1, (stablePods * percent + 99) / 100);
    }
}
