package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;

/**
 * Everything the decision is made of, as it was read at one moment.
 *
 * @param scaled whether an autoscaler owns the stable side's number of pods
 * @param frozen whether it stands still on our word
 * @param drainMillis how long canary pods stay after they get no new requests
 * @param freshPercent how many of all pods are of the new revision where they are replaced in place; -1 otherwise
 */
public record World(
        Side stable,
        Side canary,
        TrafficReading traffic,
        Split split,
        boolean scaled,
        boolean frozen,
        long drainMillis,
        int freshPercent) {

    /** One whose new pods stand beside the old ones. */
    World(
            Side stable,
            Side canary,
            TrafficReading traffic,
            Split split,
            boolean scaled,
            boolean frozen,
            long drainMillis) {
        this(stable, canary, traffic, split, scaled, frozen, drainMillis, -1);
    }

    /** Percent of the requests that pods of the new revision really get, whatever was asked for. */
    public int percent() {
        return freshPercent < 0 ? traffic.traffic().percent() : freshPercent;
    }

    /** Whether new pods take the places of old ones instead of standing beside them. */
    boolean inPlace() {
        return split == Split.IN_PLACE;
    }

    /** What shares are counted of: the stable pods, or all pods where some of them are new. */
    int whole() {
        return stable.desired() + (inPlace() && canary.exists() ? canary.desired() : 0);
    }
}
