package io.jenkins.plugins.shera.deploy.release;

import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import java.util.List;

/**
 * One rollout of a set as it was read just now.
 *
 * @param name of the application
 * @param after applications that must be stable before this one is promoted
 * @param undone whether what is read is the way back from a release that was complete already
 * @param plan null when the cluster did not answer
 * @param status null when the cluster did not answer
 */
public record Member(String name, List<String> after, boolean undone, RolloutPlan plan, RolloutStatus status) {

    /** Keeps its own list. */
    public Member {
        after = List.copyOf(after);
    }

    boolean isKnown() {
        return status != null;
    }

    Phase phase() {
        return status.phase();
    }

    boolean isAtBarrier() {
        return phase() == Phase.PAUSED && status.waitsFor().equals("set");
    }

    boolean isAtLastBarrier() {
        return isAtBarrier() && status.step() >= plan.steps().size() - 1;
    }

    boolean isStable() {
        return !undone && phase() == Phase.HEALTHY && status.isOver();
    }

    boolean hasDecided(String decision) {
        return undone ? decision.equals("abort") : status.decision().equals(decision);
    }

    /** It went back, or cannot go on by itself. */
    boolean isLost() {
        return phase() == Phase.ABORTED || phase() == Phase.ROLLED_BACK || phase() == Phase.DEGRADED;
    }
}
