package io.jenkins.plugins.shera.nginx.model;

import java.io.Serializable;
import java.util.List;

/**
 * How much of a route's traffic goes to its canary.
 *
 * @param percent of the requests that no rule sends there, 0 to 100
 * @param rules requests that go to the canary whatever the percentage
 * @param canary where they go; empty only when nothing goes there
 * @param rollout who set it, for people
 * @param generation of the rollout; one with a lower generation is refused
 */
public record Weight(
        RouteOwner owner, int percent, List<CanaryRule> rules, List<Member> canary, String rollout, long generation)
        implements Serializable {

    /** Refuses what could not be served. */
    public static Weight of(
            RouteOwner owner, int percent, List<CanaryRule> rules, List<Member> canary, String rollout, long generation)
            throws InvalidRouteException {
        if (percent < 0 || percent > 100) {
            throw new InvalidRouteException(
                    "The weight " + percent + " of " + owner.id() + " is not a percentage: give 0 to 100.");
        }
        if (canary.isEmpty() && (percent > 0 || !rules.isEmpty())) {
            throw new InvalidRouteException("The canary of " + owner.id()
                    + " has no member, so nothing would answer its share. Deploy the canary first.");
        }
        return new Weight(owner, percent, List.copyOf(rules), List.copyOf(canary), rollout, generation);
    }

    /** Everything to stable; the generation stays, so that an older rollout is still refused. */
    public static Weight none(RouteOwner owner, String rollout, long generation) {
        return new Weight(owner, 0, List.of(), List.of(), rollout, generation);
    }

    /** Whether nothing reaches the canary. */
    public boolean sendsNothing() {
        return percent == 0 && rules.isEmpty();
    }
}
