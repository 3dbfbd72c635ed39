package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.model.Run;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.work.BringBackOnNode;
import io.jenkins.plugins.shera.nginx.work.RemoveOnNode;
import io.jenkins.plugins.shera.nginx.work.RemovedOnNode;
import io.jenkins.plugins.shera.nginx.work.RoutesNowOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Takes a route of a tenant with its share from every node of a cluster, or from none. The caller checked who may. */
public final class RouteRemoving {
    private static final int MOST_TOLD = 20;

    private final NginxCluster cluster;
    private final String tenant;
    private final String who;
    private final Run<?, ?> run;
    private final Consumer<String> log;

    /**
     * What a route is known by.
     *
     * @param path as it was published
     * @param port where nginx listens, plain or over TLS; 0 where only one route has that host and path
     */
    public record Wish(String host, String path, int port) {
        private boolean means(Route route) {
            boolean there = port == 0
                    || port == route.port()
                    || route.tls() != null && port == route.tls().port();
            return there && route.host().equals(host) && route.path().equals(path);
        }

        @Override
        public String toString() {
            return host + (port == 0 ? "" : ":" + port) + path;
        }
    }

    /**
     * From this cluster, which the tenant may use.
     *
     * @param who for the timeline
     * @param run the build that asks; null for a person or a program
     * @param log of what happens, for people
     */
    public RouteRemoving(NginxCluster cluster, String tenant, String who, Run<?, ?> run, Consumer<String> log) {
        this.cluster = cluster;
        this.tenant = tenant;
        this.who = who;
        this.run = run;
        this.log = log;
    }

    /**
     * Takes it away and proves that.
     *
     * @throws InvalidRouteException if the tenant has no such route there, or a rollout drives its canary; nothing changed
     * @throws IOException saying which node did not give it up, and why; all have it as before, except those it names
     */
    public RemovedRoute remove(Wish wish) throws IOException, InterruptedException, InvalidRouteException {
        Route route = find(wish);
        RouteOwner owner = route.owner();
        AuditLine line = AuditLine.of(
                        "route.remove", owner.tenant() + "/" + owner.application() + "/" + owner.environment())
                .tenant(tenant)
                .before(JsonNodeFactory.instance
                        .objectNode()
                        .put("host", route.host())
                        .put("port", route.port())
                        .put("path", route.path())
                        .toString());
        if (run != null) {
            line.from(run);
        }
        RemovedRoute removed;
        try {
            requireNoRollout(route);
            removed = cluster.isKubeng() ? fromDaemons(route) : fromEveryNode(route);
        } catch (InvalidRouteException e) {
            line.refused(e.getMessage());
            throw e;
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
        line.done();
        tell(removed);
        log.accept(Messages.RouteRemoving_done(removed.getUrl(), cluster.getId(), removed.getNodes()));
        return removed;
    }

    private Route find(Wish wish) throws IOException, InterruptedException, InvalidRouteException {
        List<Route> own = routes().stream()
                .filter(route -> route.owner().tenant().equals(tenant))
                .toList();
        // Nodes may differ: what one of them has can be taken away.
        Map<RouteOwner, Route> meant = new LinkedHashMap<>();
        own.stream().filter(wish::means).forEach(route -> meant.putIfAbsent(route.owner(), route));
        if (meant.size() > 1) {
            throw new InvalidRouteException(Messages.RouteRemoving_which(
                    wish,
                    cluster.getId(),
                    meant.values().stream()
                            .map(one -> String.valueOf(one.port()))
                            .collect(Collectors.joining(", "))));
        }
        if (meant.isEmpty()) {
            throw new InvalidRouteException(
                    own.isEmpty()
                            ? Messages.RouteRemoving_nothing(wish, cluster.getId(), tenant)
                            : Messages.RouteRemoving_none(wish, cluster.getId(), told(own)));
        }
        return meant.values().iterator().next();
    }

    private static String told(List<Route> routes) {
        List<String> all = routes.stream()
                .map(one -> one.host() + ":" + one.port() + one.path())
                .distinct()
                .toList();
        String first = String.join(", ", all.subList(0, Math.min(MOST_TOLD, all.size())));
        return all.size() > MOST_TOLD ? first + ", …" : first;
    }

    private List<Route> routes() throws IOException, InterruptedException {
        if (cluster.isKubeng()) {
            return new KubengRemoving(cluster).routes();
        }
        List<Route> all = new ArrayList<>();
        List<String> names = NodeAccess.names(cluster.getNodes());
        for (int i = 0; i < names.size(); i++) {
            try {
                all.addAll(NodeAccess.channel(cluster.getNodes().get(i)).call(new RoutesNowOnNode()));
            } catch (IOException e) {
                throw new IOException(Messages.RouteRemoving_unread(names.get(i), cluster.getId(), e.getMessage()), e);
            }
        }
        return all;
    }

    /** What a rollout sends elsewhere is that rollout's to take back; a share by hand goes with the route. */
    private void requireNoRollout(Route route) throws IOException, InvalidRouteException {
        RouteOwner owner = route.owner();
        Optional<Held> held = cluster.isKubeng()
                ? new KubengRemoving(cluster).held(owner)
                : Held.of(new WeightNodes(cluster).latest(owner));
        if (held.isPresent()) {
            throw new InvalidRouteException(Messages.RouteRemoving_held(
                    route.host() + route.path(),
                    cluster.getId(),
                    held.get().rollout(),
                    held.get().percent(),
                    owner.application(),
                    owner.environment()));
        }
    }

    /** The share that a rollout has of a route. */
    record Held(String rollout, int percent) {
        /** Empty where nothing goes to a canary, or no rollout sent it there. */
        static Optional<Held> of(Weight weight) {
            return weight == null || weight.sendsNothing() || weight.generation() == 0
                    ? Optional.empty()
                    : Optional.of(new Held(weight.rollout(), weight.percent()));
        }
    }

    private RemovedRoute fromDaemons(Route route) throws IOException, InterruptedException {
        try {
            long generation = new KubengRemoving(cluster).remove(route.owner());
            return new RemovedRoute(
                    route, cluster.getId(), cluster.daemonNames().size(), generation);
        } catch (IOException e) {
            throw new IOException(
                    Messages.RouteRemoving_daemons(route.host() + route.path(), cluster.getId(), e.getMessage()), e);
        }
    }

    private RemovedRoute fromEveryNode(Route route) throws IOException, InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        List<String> names = NodeAccess.names(nodes);
        List<RemovedOnNode> removed = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                removed.add(NodeAccess.channel(nodes.get(i)).call(new RemoveOnNode(route.owner())));
            } catch (IOException e) {
                throw new IOException(
                        Messages.RouteRemoving_node(
                                        route.host() + route.path(), names.get(i), cluster.getId(), e.getMessage())
                                + broughtBack(removed, names),
                        e);
            }
            log.accept(Messages.RouteRemoving_gone(names.get(i), removed.get(i).generation()));
        }
        int had = (int) removed.stream().filter(one -> one.route() != null).count();
        long generation =
                removed.stream().mapToLong(RemovedOnNode::generation).max().orElse(0);
        return new RemovedRoute(route, cluster.getId(), had, generation);
    }

    /** What to add to a refusal: which of the nodes before it could not be given back what they had. */
    private String broughtBack(List<RemovedOnNode> removed, List<String> names) throws InterruptedException {
        StringBuilder lost = new StringBuilder();
        for (int i = 0; i < removed.size(); i++) {
            try {
                NodeAccess.channel(cluster.getNodes().get(i)).call(new BringBackOnNode(removed.get(i)));
                log.accept(Messages.PublishRouteExecution_restored(names.get(i), cluster.getId()));
            } catch (IOException e) {
                lost.append(' ')
                        .append(Messages.PublishRouteExecution_notRestored(
                                names.get(i), cluster.getId(), e.getMessage()));
            }
        }
        return lost.toString();
    }

    /** On the application's timeline, where there still is the application. */
    private void tell(RemovedRoute removed) throws IOException {
        Application application = SheraConfiguration.get().application(tenant, removed.getApplication());
        if (application == null) {
            return;
        }
        TimelineEntry entry = TimelineEntry.now(
                TimelineEntry.Kind.PUSH,
                Messages._RouteRemoving_timeline(removed.getUrl()),
                "",
                who,
                removed.getEnvironment());
        Timelines.get()
                .append(application, run == null ? entry : entry.linked(run.getFullDisplayName(), "/" + run.getUrl()));
    }
}
