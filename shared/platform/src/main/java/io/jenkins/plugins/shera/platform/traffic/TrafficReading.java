package io.jenkins.plugins.shera.platform.traffic;

/**
 * What really carries the traffic now, read back from where it is split, not from what was asked for.
 *
 * @param generation the highest that is found there, 0 where no rollout left a mark
 * @param traffic what goes to the canary; with several nodes what the last of them does
 * @param settled whether everything that splits traffic agrees, so that what was asked for is what is served
 * @param detail for people: nodes that lag, pods that are not behind the Service yet, or the real share; may be empty
 */
public record TrafficReading(long generation, Traffic traffic, boolean settled, String detail) {

    /** Whether this is what was asked for on behalf of this generation, be it served everywhere yet or not. */
    public boolean asks(Traffic wanted, long wantedGeneration) {
        return traffic.equals(wanted) && (generation == wantedGeneration || generation == 0 && wanted.isNone());
    }

    /** Whether exactly this is served everywhere on behalf of this generation. */
    public boolean serves(Traffic wanted, long wantedGeneration) {
        return settled && asks(wanted, wantedGeneration);
    }
}
