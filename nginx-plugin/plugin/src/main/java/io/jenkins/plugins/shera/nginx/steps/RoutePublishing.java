package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.upstream.AddressMode;
import io.jenkins.plugins.shera.nginx.upstream.NamedMembers;
import io.jenkins.plugins.shera.nginx.work.PlanOnNode;
import io.jenkins.plugins.shera.nginx.work.PublishOnNode;
import io.jenkins.plugins.shera.nginx.work.PublishedOnNode;
import io.jenkins.plugins.shera.nginx.work.Publishing;
import io.jenkins.plugins.shera.nginx.work.ReachOnNode;
import io.jenkins.plugins.shera.nginx.work.RestoreOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes an application reachable through nginx, on every node of a cluster or on none. */
public final class RoutePublishing {
    private RoutePublishing() {}

    /**
     * Publishes what the step asks for; doing it again changes nothing.
     *
     * @throws InvalidRouteException if the route cannot stand
     * @throws IOException saying which node does not serve it, and why
     */
    public static PublishedRoute publish(PublishRouteStep step, RoutePlace place)
            throws IOException, InterruptedException, InvalidRouteException {
        NginxCluster nginx = place.nginx();
        Wanted wanted = wanted(step, place);
        Route route = wanted.route();
        place.log().accept(Messages.PublishRouteExecution_members(wanted.leadsTo(), route.host() + route.path()));
        AuditLine line = place.audit("route.publish");
        List<String> warnings = new ArrayList<>();
        long generation = nginx.isKubeng()
                ? byKubeng(nginx, wanted, line)
                : onEveryNode(
                        nginx,
                        new Publishing(
                                route, wanted.shown().brought(), wanted.rules().brought()),
                        place.log(),
                        warnings,
                        line);
        if (nginx.isKubeng()) {
            warnings.addAll(ReachWarning.told(nginx, route.owner()));
            warnings.forEach(place.log());
        }
        int nodes =
                nginx.isKubeng() ? nginx.daemonNames().size() : nginx.getNodes().size();
        line.done();
        PublishedRoute published = new PublishedRoute(route, nginx.getId(), nodes, generation, warnings);
        place.tell(Messages._PublishRouteExecution_timeline(published.getUrl()));
        place.log().accept(Messages.PublishRouteExecution_done(published.getUrl(), nginx.getId(), nodes));
        return published;
    }

    /**
     * What {@link #publish} would change; nothing is changed.
     *
     * @throws InvalidRouteException if the route cannot stand
     * @throws IOException if that is not known, or a hand edited what would be written
     */
    public static RoutePlan plan(PublishRouteStep step, RoutePlace place)
            throws IOException, InterruptedException, InvalidRouteException {
        NginxCluster nginx = place.nginx();
        Wanted wanted = wanted(step, place);
        if (nginx.isKubeng()) {
            KubengNodes nodes = new KubengNodes(nginx);
            return RoutePlan.of(
                    nodes.intended(wanted.route().owner()).orElse(null),
                    nodes.planned(wanted.intended()),
                    wanted.leadsTo());
        }
        NginxNodeSettings first = nginx.getNodes().get(0);
        PlanOnNode.Planned planned = NodeAccess.channel(first).call(new PlanOnNode(wanted.route()));
        return new RoutePlan(
                NodeAccess.names(nginx.getNodes()).get(0), planned.before(), planned.after(), wanted.leadsTo());
    }

    /**
     * What a step asks for, once it is known where that is.
     *
     * @param followed whether nodes look for the addresses themselves, so that the route's own members stand for them
     */
    private record Wanted(Route route, List<Target> targets, boolean followed, ShownPair shown, WantedRules rules) {
        List<String> leadsTo() {
            return followed
                    ? targets.stream().map(Target::toString).toList()
                    : route.members().stream().map(Member::authority).toList();
        }

        IntendedRoute intended() {
            return new IntendedRoute(
                    route.owner(),
                    route.host(),
                    route.port(),
                    route.path(),
                    targets,
                    route.tls(),
                    route.rules(),
                    route.match());
        }
    }

    private static Wanted wanted(PublishRouteStep step, RoutePlace place)
            throws IOException, InterruptedException, InvalidRouteException {
        NginxCluster nginx = place.nginx();
        String tenant = place.tenant().getId();
        int port = step.getPort() == 0 ? nginx.getPort() : step.getPort();
        RouteOwner owner = place.owner();
        String service = step.getService() == null ? step.getApplication() : step.getService();
        AddressMode mode = AddressMode.of(step.getAddress());
        boolean named = !step.getMembers().isEmpty();
        boolean follows = mode != AddressMode.CLUSTER_IP && !named;
        if (follows && !nginx.isKubeng()) {
            throw new InvalidRouteException(
                    io.jenkins.plugins.shera.nginx.upstream.Messages.AddressMode_pushed(mode.word(), nginx.getId()));
        }
        List<Target> followed = follows
                ? place.targets(mode, service, step.getServicePort())
                : nginx.isKubeng() && named ? NamedMembers.targets(step.getMembers()) : List.of();
        // Where nodes look themselves, only they know the addresses.
        List<Member> members = !followed.isEmpty()
                ? List.of(Member.of("127.0.0.1", followed.get(0).port(), 1))
                : place.members(step.getMembers(), service, step.getServicePort());
        ShownPair shown = ShownPair.of(step.getTls(), nginx, tenant, step.getHost(), place.log());
        WantedRules rules = WantedRules.of(step.getRules(), place.tenant(), owner, step.getHost());
        Route route = Route.of(owner, step.getHost(), port, step.getPath(), members)
                .over(shown.tls())
                .ruled(rules.rules());
        RouteRuling.requireCovered(nginx, route);
        List<Target> targets = followed.isEmpty() ? place.targets(named, service, members) : followed;
        return new Wanted(route, targets, !followed.isEmpty(), shown, rules);
    }

    private static long byKubeng(NginxCluster nginx, Wanted wanted, AuditLine line)
            throws IOException, InterruptedException, InvalidRouteException {
        Route route = wanted.route();
        try {
            return new KubengNodes(nginx).bringing(wanted.rules().brought()).publish(wanted.intended());
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw new IOException(Messages.KubengNodes_notPublished(route.host() + route.path(), e.getMessage()));
        }
    }

    private static long onEveryNode(
            NginxCluster nginx, Publishing publishing, Consumer<String> log, List<String> warnings, AuditLine line)
            throws IOException, InterruptedException {
        Route route = publishing.route();
        long generation = 0;
        Map<NginxNodeSettings, PublishedOnNode> changed = new LinkedHashMap<>();
        for (NginxNodeSettings node : nginx.getNodes()) {
            String name = NodeAccess.name(node);
            List<String> unreached = ReachWarning.before(node, new ReachOnNode(route, null));
            unreached.forEach(log);
            warnings.addAll(unreached);
            try {
                changed.put(node, NodeAccess.channel(node).call(new PublishOnNode(publishing)));
                generation = changed.get(node).generation();
            } catch (IOException e) {
                line.failed(name + ": " + e.getMessage());
                restore(nginx, changed, route, log);
                throw new IOException(Messages.PublishRouteExecution_node(
                        route.host() + route.path(), name, nginx.getId(), e.getMessage()));
            }
            log.accept(Messages.PublishRouteExecution_serves(name, generation));
        }
        return generation;
    }

    /** All nodes serve the same: when one refuses, those before it get back what they had. */
    private static void restore(
            NginxCluster nginx, Map<NginxNodeSettings, PublishedOnNode> changed, Route route, Consumer<String> log)
            throws InterruptedException {
        for (Map.Entry<NginxNodeSettings, PublishedOnNode> one : changed.entrySet()) {
            String name = NodeAccess.name(one.getKey());
            try {
                NodeAccess.channel(one.getKey()).call(new RestoreOnNode(route.owner(), one.getValue()));
                log.accept(Messages.PublishRouteExecution_restored(name, nginx.getId()));
            } catch (IOException e) {
                log.accept(Messages.PublishRouteExecution_notRestored(name, nginx.getId(), e.getMessage()));
            }
        }
    }
}
