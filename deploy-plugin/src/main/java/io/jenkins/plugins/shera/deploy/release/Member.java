package io.jenkins.plugins.shera.deploy.release;

import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import java.util.List;

/**
 * One rollout of a set as it was read just now.
 *
 * @param key names it within the set
 * @param name for people
 * @param after keys of the members that must be stable before this one is promoted
 * @param undone whether what is read is the way back from a release that was complete already
 * @param plan null when it is not known
 * @param status null when it is not known
 * @param gone whether its cluster answered that no such rollout is recorded
 */
public record Member(
        String key,
        String name,
        List<String> after,
        boolean undone,
        RolloutPlan plan,
        RolloutStatus status,
        boolean gone) {

    /** Keeps its own list. */
    public Member {
        after = List.copyOf(after);
    }

    /** One that was read. */
    public static Member seen(
            String key, String name, List<String> after, boolean undone, RolloutPlan plan, RolloutStatus status) {
        return new Member(key, name, after, undone, plan, status, false);
    }

    /** One whose cluster does not answer, or {@code gone}, when it answers that there is no such rollout. */
    public static Member unseen(String key, String name, List<String> after, boolean gone) {
        return new Member(key, name, after, false, null, null, gone);
    }

    /** Whether it was read. */
    public boolean isKnown() {
        return status != null;
    }

    Phase phase() {
        return status.phase();
    }

    boolean isForward() {
        return phase() == Phase.INITIALIZED || phase() == Phase.PROGRESSING || phase() == Phase.PAUSED;
    }

    boolean waitsFor(String what) {
        return phase() == Phase.PAUSED && status.waitsFor().equals(what);
    }

    boolean isAtBarrier() {
        return waitsFor("set");
    }

    boolean isAtLastBarrier() {
        return isAtBarrier() && isAtLastStep();
    }

    boolean isAtLastStep() {
        return status.step() >= plan.steps().size() - 1;
    }

    /** Whether it waits by its own plan, for a person or for a time. */
    boolean isInPause() {
        boolean step = status.step() < plan.steps().size() && plan.steps().get(status.step()) instanceof PlanStep.Pause;
        return waitsFor("promote") || phase() == Phase.PROGRESSING && step;
    }

    boolean isStable() {
        return !undone && phase() == Phase.HEALTHY && status.isOver();
    }

    /** Whether the revision before serves again, and nothing is left to do. */
    boolean isBack() {
        return status.isOver() && (undone || phase() == Phase.ABORTED || phase() == Phase.ROLLED_BACK);
    }

    boolean hasDecided(String decision) {
        return undone ? decision.equals("abort") : status.decision().equals(decision);
    }

    boolean lacksApproval() {
        return plan.approval() && status.approvedBy().isEmpty();
    }

    /** It went back, or cannot go on by itself. */
    boolean isLost() {
        return phase() == Phase.ABORTED || phase() == Phase.ROLLED_BACK || phase() == Phase.DEGRADED;
    }
}
