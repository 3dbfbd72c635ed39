package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.upstream.NamedMembers;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.io.IOException;
import java.util.List;

/** Sends a share of a route's requests elsewhere by hand, on every node of a cluster. */
public final class RouteWeighing {
    private RouteWeighing() {}

    /**
     * Sets what the step asks for, and says where it goes; doing it again changes nothing.
     *
     * @throws InvalidRouteException if the weight cannot stand, or there is no such route
     * @throws IOException saying which node does not serve it, and why
     */
    public static String weigh(SetRouteWeightStep step, RoutePlace place)
            throws IOException, InvalidRouteException, InterruptedException {
        NginxCluster cluster = place.nginx();
        RouteOwner owner = place.owner();
        AuditLine line = place.audit("route.weight");
        boolean nothing = step.getWeight() == 0;
        List<String> leadsTo;
        try {
            if (cluster.isKubeng()) {
                KubengNodes nodes = new KubengNodes(cluster);
                List<Target> targets = nothing ? List.of() : targets(step, place);
                leadsTo = targets.stream().map(Target::toString).toList();
                nodes.requireAll(Intent.Kind.WEIGHTS);
                long generation = nodes.want(
                        byHand(step, owner, targets, nodes.weightOf(owner).orElse(null)));
                nodes.settle(Intent.Kind.WEIGHTS, generation, owner);
            } else {
                List<Member> members =
                        nothing ? List.of() : place.members(step.getMembers(), service(step), step.getServicePort());
                leadsTo = members.stream().map(Member::authority).toList();
                WeightNodes nodes = new WeightNodes(cluster);
                nodes.set(byHand(step, owner, members, nodes.latest(owner)));
            }
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
        line.done();
        place.tell(Messages._SetRouteWeightExecution_timeline(step.getWeight()));
        String said = Messages.SetRouteWeightExecution_done(step.getWeight(), leadsTo, cluster.getId());
        place.log().accept(said);
        return said;
    }

    private static String service(SetRouteWeightStep step) {
        return step.getCanary() == null ? step.getApplication() + "-canary" : step.getCanary();
    }

    /** As nodes find them that look themselves, DNS names among them. */
    private static List<Target> targets(SetRouteWeightStep step, RoutePlace place)
            throws IOException, InvalidRouteException {
        return step.getMembers().isEmpty()
                ? place.targets(false, service(step), place.members(List.of(), service(step), step.getServicePort()))
                : NamedMembers.targets(step.getMembers());
    }

    /** A rollout that drives this route goes on as it was: its generation, its rules and the clients it drew stay. */
    private static Weight byHand(SetRouteWeightStep step, RouteOwner owner, List<Member> members, Weight before)
            throws InvalidRouteException {
        if (before == null) {
            return Weight.of(owner, step.getWeight(), List.of(), members, "by hand", 0);
        }
        List<Member> canary = members.isEmpty() && !before.rules().isEmpty() ? before.canary() : members;
        return Weight.of(owner, step.getWeight(), before.rules(), canary, before.rollout(), before.generation());
    }

    /** The same for nodes that look for the addresses themselves. */
    private static IntendedWeight byHand(
            SetRouteWeightStep step, RouteOwner owner, List<Target> targets, IntendedWeight before)
            throws InvalidRouteException {
        if (step.getWeight() < 0 || step.getWeight() > 100) {
            // Says what is wrong in the words that every other way has for it.
            Weight.of(owner, step.getWeight(), List.of(), List.of(), "by hand", 0);
        }
        if (before == null) {
            return new IntendedWeight(owner, step.getWeight(), List.of(), targets, "by hand", 0, 0);
        }
        List<Target> canary = targets.isEmpty() && !before.rules().isEmpty() ? before.canary() : targets;
        return new IntendedWeight(
                owner,
                step.getWeight(),
                before.rules(),
                canary,
                before.rollout(),
                before.generation(),
                before.leaseSeconds());
    }
}
