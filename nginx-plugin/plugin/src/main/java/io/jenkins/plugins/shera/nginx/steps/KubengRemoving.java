package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.desk.IntentDesk;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Routes that are taken from an nginx cluster whose nodes run KubeNg: what is wanted is signed, and the nodes say when it is served. */
final class KubengRemoving {
    private final NginxCluster cluster;
    private final IntentDesk desk;
    private final KubengNodes nodes;

    KubengRemoving(NginxCluster cluster) throws IOException {
        this.cluster = cluster;
        this.desk = KubengDesks.get().desk(cluster);
        this.nodes = new KubengNodes(cluster);
    }

    /** All that were published; where they lead to is not told. */
    List<Route> routes() throws IOException {
        return routes(desk.intent(Intent.Kind.ROUTES).routes());
    }

    private static List<Route> routes(List<IntendedRoute> intended) {
        List<Route> routes = new ArrayList<>();
        for (IntendedRoute one : intended) {
            routes.add(new Route(
                    one.owner(),
                    one.host(),
                    one.port(),
                    one.path(),
                    KubengNodes.ANYWHERE,
                    one.tls(),
                    one.rules(),
                    one.match()));
        }
        return routes;
    }

    /** What a rollout sends elsewhere of the owner's route. */
    Optional<RouteRemoving.Held> held(RouteOwner owner) throws IOException {
        return nodes.weightOf(owner)
                .filter(one -> !sendsNothing(one) && one.generation() > 0)
                .map(one -> new RouteRemoving.Held(one.rollout(), one.percent()));
    }

    private static boolean sendsNothing(IntendedWeight weight) {
        return weight.percent() == 0 && weight.rules().isEmpty();
    }

    /**
     * Takes the owner's route away with its share, and waits until no node has them; otherwise both are wanted again.
     *
     * @return the generation of the document
     * @throws IOException saying which node still has it, and why
     */
    long remove(RouteOwner owner) throws IOException, InterruptedException {
        nodes.requireAll(Intent.Kind.ROUTES);
        if (nodes.weightOf(owner).isPresent()) {
            nodes.requireAll(Intent.Kind.WEIGHTS);
        }
        IntendedRoute[] before = new IntendedRoute[1];
        Intent after = change(Intent.Kind.ROUTES, (intent, generation) -> {
            before[0] = of(intent, owner).orElse(null);
            return before[0] == null ? intent : with(intent, generation, owner, (IntendedRoute) null);
        });
        try {
            nodes.settle(Intent.Kind.ROUTES, after.generation(), owner);
            unweigh(owner);
        } catch (IOException | InterruptedException e) {
            try {
                bringBack(before[0]);
            } catch (IOException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
        // Nobody fetches its password file any more.
        nodes.bringing(List.of());
        return after.generation();
    }

    private void unweigh(RouteOwner owner) throws IOException, InterruptedException {
        IntendedWeight[] change = new IntendedWeight[2];
        Intent after = change(Intent.Kind.WEIGHTS, (intent, generation) -> {
            change[0] = weightOf(intent, owner);
            // The generation of a rollout stays, so that an older one is still refused.
            change[1] = change[0] == null || change[0].generation() == 0
                    ? null
                    : new IntendedWeight(
                            owner, 0, List.of(), List.of(), change[0].rollout(), change[0].generation(), 0);
            return change[0] == null || change[0].equals(change[1])
                    ? intent
                    : with(intent, generation, owner, change[1]);
        });
        if (change[0] == null) {
            return;
        }
        try {
            nodes.settle(Intent.Kind.WEIGHTS, after.generation(), owner);
        } catch (IOException | InterruptedException e) {
            change(
                    Intent.Kind.WEIGHTS,
                    (intent, generation) ->
                            Objects.equals(weightOf(intent, owner), change[1]) && !change[0].equals(change[1])
                                    ? with(intent, generation, owner, change[0])
                                    : intent);
            throw e;
        }
    }

    /** Unless its owner has another meanwhile, or somebody else its place. */
    private void bringBack(IntendedRoute route) throws IOException {
        if (route == null) {
            return;
        }
        change(Intent.Kind.ROUTES, (intent, generation) -> {
            if (of(intent, route.owner()).isPresent()) {
                return intent;
            }
            Route wanted = routes(List.of(route)).get(0);
            RouteSet together = RouteSet.of(routes(intent.routes()))
                    .with(wanted.rules() == null ? wanted.ruled(RouteRules.NONE) : wanted);
            return together.of(route.owner()).isEmpty() ? intent : with(intent, generation, route.owner(), route);
        });
    }

    private Intent change(Intent.Kind kind, IntentDesk.Change change) throws IOException {
        try {
            return desk.change(kind, change);
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Optional<IntendedRoute> of(Intent intent, RouteOwner owner) {
        return intent.routes().stream().filter(one -> one.owner().equals(owner)).findFirst();
    }

    private static IntendedWeight weightOf(Intent intent, RouteOwner owner) {
        return intent.weights().stream()
                .filter(one -> one.owner().equals(owner))
                .findFirst()
                .orElse(null);
    }

    private Intent with(Intent intent, long generation, RouteOwner owner, IntendedRoute wanted) {
        List<IntendedRoute> routes = new ArrayList<>(intent.routes());
        routes.removeIf(one -> one.owner().equals(owner));
        if (wanted != null) {
            routes.add(wanted);
        }
        return Intent.ofRoutes(cluster.getId(), generation, routes);
    }

    private Intent with(Intent intent, long generation, RouteOwner owner, IntendedWeight wanted) {
        List<IntendedWeight> weights = new ArrayList<>(intent.weights());
        weights.removeIf(one -> one.owner().equals(owner));
        if (wanted != null) {
            weights.add(wanted);
        }
        return Intent.ofWeights(cluster.getId(), generation, weights);
    }
}
