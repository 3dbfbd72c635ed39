package io.jenkins.plugins.shera.deploy.canary;

/** Finds what somebody else did to a rollout that is under way, and what ends it. Pure. */
final class Meddling {

    private Meddling() {}

    /** Why it cannot go on, for people; empty when it can. */
    static String found(RolloutPlan plan, RolloutStatus status, World world, Wanted wanted) {
        if (!world.stable().hash().equals(Templates.hash(plan.before()))) {
            return "the stable side was changed by somebody else meanwhile, so the two cannot be compared any more";
        }
        Side canary = world.canary();
        boolean changed = canary.exists() && !status.canaryHash.isEmpty() && !status.canaryHash.equals(canary.hash());
        if (world.inPlace()) {
            if (wanted.replicas() > 0 && world.whole() < 2) {
                return "somebody left it no more than one pod, which cannot be of both revisions";
            }
            if (changed) {
                return "somebody gave the " + Workload.of(plan).word() + " another pod template meanwhile";
            }
        } else if (changed) {
            return "the canary's Deployment was changed by somebody else";
        } else if (status.canaryMade && !canary.exists() && wanted.replicas() > 0) {
            return "the canary's Deployment was deleted by somebody else";
        }
        return canary.failed() && wanted.replicas() > 0 ? "the canary failed: " + canary.trouble() : "";
    }
}
