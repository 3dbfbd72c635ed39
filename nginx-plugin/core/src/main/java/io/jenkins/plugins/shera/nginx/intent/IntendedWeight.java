package io.jenkins.plugins.shera.nginx.intent;

import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A weight whose canary is still to be resolved; otherwise a {@link Weight}.
 *
 * @param leaseSeconds for how long it stands when nothing is heard of Jenkins; 0 for always
 */
public record IntendedWeight(
        RouteOwner owner,
        int percent,
        List<CanaryRule> rules,
        List<Target> canary,
        String rollout,
        long generation,
        long leaseSeconds)
        implements Serializable {

    /** The weight once it is known where its canary is; without members nothing goes there. */
    public Weight to(List<Member> members) throws InvalidRouteException {
        RouteOwner checked = RouteOwner.of(owner.tenant(), owner.application(), owner.environment());
        if (members.isEmpty()) {
            return Weight.none(checked, rollout, generation);
        }
        List<CanaryRule> checkedRules = new ArrayList<>();
        for (CanaryRule rule : rules) {
            checkedRules.add(CanaryRule.of(rule.cookie(), rule.name(), rule.value()));
        }
        return Weight.of(checked, percent, checkedRules, members, rollout, generation);
    }

    /** The same weight taken back. */
    public Weight none() throws InvalidRouteException {
        return to(List.of());
    }
}
