package io.jenkins.plugins.shera.kube.rollout;

import java.util.List;

/**
 * How far a rollout is.
 *
 * @param revision the Deployment's revision as {@code kubectl rollout history} counts, or empty before the first
 * @param image of the first container, as the Deployment names it
 * @param desired replicas asked for
 * @param updated pods of the new revision
 * @param available pods of the new revision that serve
 * @param old pods of earlier revisions that are still there
 * @param trouble what keeps pods from being ready, or null; the failure itself when {@link Phase#FAILED}
 */
public record RolloutState(
        Phase phase,
        String revision,
        String image,
        int desired,
        int updated,
        int available,
        int old,
        List<PodState> pods,
        Failure trouble) {

    /** Where a rollout stands. */
    public enum Phase {
        /** Under way. */
        PROGRESSING,
        /** All pods are of the new revision and serve. */
        COMPLETE,
        /** It will not get there by itself. */
        FAILED
    }

    /** One line for a log. */
    public String summary() {
        String counts = available + " of " + desired + " available, " + updated + " updated"
                + (old > 0 ? ", " + old + " of the old revision" : "");
        return trouble == null || phase == Phase.FAILED ? counts : counts + "; " + trouble.text();
    }

    RolloutState withTrouble(Failure newTrouble) {
        return new RolloutState(phase, revision, image, desired, updated, available, old, pods, newTrouble);
    }
}
