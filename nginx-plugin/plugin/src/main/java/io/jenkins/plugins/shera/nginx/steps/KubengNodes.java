package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.KubengUsers;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.desk.IntentDesk;
import io.jenkins.plugins.shera.nginx.desk.NodeBoard;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import io.jenkins.plugins.shera.platform.traffic.StaleGenerationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The routes and weights of an nginx cluster whose nodes run KubeNg: what is wanted is signed, and the nodes say when it is served. */
public final class KubengNodes {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    /** Stands for addresses that nodes alone know. */
    static final List<Member> ANYWHERE = anywhere();

    private final NginxCluster cluster;
    private final IntentDesk desk;
    private final NodeBoard board;

    /** Of this cluster. */
    public KubengNodes(NginxCluster cluster) throws IOException {
        this.cluster = cluster;
        this.desk = KubengDesks.get().desk(cluster);
        this.board = KubengDesks.get().board(cluster);
    }

    /** Lets nodes fetch these password files once a route names them. */
    KubengNodes bringing(List<PasswordFile> people) throws IOException {
        KubengUsers kept = KubengDesks.get().users(cluster);
        for (PasswordFile one : people) {
            kept.keep(one);
        }
        kept.tidy(desk.intent(Intent.Kind.ROUTES).routes().stream()
                .map(IntendedRoute::rules)
                .filter(rules -> rules != null && rules.users() != null)
                .map(RouteRules::users)
                .collect(Collectors.toSet()));
        return this;
    }

    /**
     * Publishes the route and waits until every node serves it; otherwise the owner has again what it had.
     *
     * @return the generation of the document
     * @throws IOException saying which node does not serve it, and why
     */
    long publish(IntendedRoute route) throws IOException, InvalidRouteException, InterruptedException {
        return change(route.owner(), before -> route.ruled(settled(route.rules(), before)));
    }

    /**
     * The owner's route as it would be, judged as for publishing; nothing is changed.
     *
     * @throws InvalidRouteException if it cannot stand
     */
    IntendedRoute planned(IntendedRoute route) throws IOException, InvalidRouteException {
        Intent intent = desk.intent(Intent.Kind.ROUTES);
        IntendedRoute wanted = route.ruled(
                settled(route.rules(), routeOf(intent, route.owner()).orElse(null)));
        beside(intent, wanted);
        return wanted;
    }

    /** The owner's route as it is wanted now. */
    Optional<IntendedRoute> intended(RouteOwner owner) throws IOException {
        return routeOf(desk.intent(Intent.Kind.ROUTES), owner);
    }

    /**
     * Gives the owner's route these rules and waits until every node serves them; otherwise it has again what it had.
     *
     * @throws InvalidRouteException if there is no such route
     * @throws IOException saying which node does not serve it, and why
     */
    void rule(RouteOwner owner, RouteRules rules) throws IOException, InvalidRouteException, InterruptedException {
        change(owner, before -> {
            if (before == null) {
                throw new InvalidRouteException(Messages.KubengNodes_noRoute(
                        owner.id(), cluster.getId(), owner.application(), owner.environment()));
            }
            return before.ruled(settled(rules, before));
        });
    }

    private static RouteRules settled(RouteRules wanted, IntendedRoute before) {
        RouteRules rules = wanted == null && before != null ? before.rules() : wanted;
        return rules == null || rules.isNone() ? null : rules;
    }

    private interface RouteChange {
        IntendedRoute of(IntendedRoute before) throws InvalidRouteException;
    }

    private long change(RouteOwner owner, RouteChange change)
            throws IOException, InvalidRouteException, InterruptedException {
        requireAll(Intent.Kind.ROUTES);
        IntendedRoute[] made = new IntendedRoute[2];
        List<IntendedRoute> beside = new ArrayList<>();
        Intent wanted = desk.change(Intent.Kind.ROUTES, (intent, generation) -> {
            made[0] = routeOf(intent, owner).orElse(null);
            made[1] = change.of(made[0]);
            IntendedRoute route = made[1];
            if (route.equals(made[0])) {
                return intent;
            }
            intent.routes().stream()
                    .filter(one ->
                            one.host().equals(route.host()) && !one.owner().equals(owner))
                    .forEach(beside::add);
            RouteSet together = beside(intent, route);
            return Intent.ofRoutes(cluster.getId(), generation, alike(with(intent.routes(), owner, route), together));
        });
        try {
            settle(Intent.Kind.ROUTES, wanted.generation(), owner);
        } catch (IOException | InterruptedException e) {
            desk.change(
                    Intent.Kind.ROUTES,
                    (intent, generation) -> made[1].equals(
                                            routeOf(intent, owner).orElse(null))
                                    && !made[1].equals(made[0])
                            ? Intent.ofRoutes(
                                    cluster.getId(), generation, again(with(intent.routes(), owner, made[0]), beside))
                            : intent);
            throw e;
        }
        return wanted.generation();
    }

    /** The owner's route, if it was published; where it leads to is not told. */
    Optional<Route> routeOf(RouteOwner owner) throws IOException {
        return routeOf(desk.intent(Intent.Kind.ROUTES), owner)
                .map(one ->
                        new Route(one.owner(), one.host(), one.port(), one.path(), ANYWHERE, one.tls(), one.rules()));
    }

    /** Gives these routes the TLS back that they had, where nothing else of them changed meanwhile. */
    private static List<IntendedRoute> again(List<IntendedRoute> routes, List<IntendedRoute> before) {
        return routes.stream()
                .map(one -> before.stream()
                        .filter(earlier -> one.over(earlier.tls()).equals(earlier))
                        .findFirst()
                        .orElse(one))
                .toList();
    }

    /** The routes that show this certificate; where they lead to is not told. */
    public List<Route> showing(String certificate) throws IOException {
        List<Route> showing = new ArrayList<>();
        for (IntendedRoute one : desk.intent(Intent.Kind.ROUTES).routes()) {
            if (one.tls() != null && one.tls().certificate().equals(certificate)) {
                showing.add(
                        new Route(one.owner(), one.host(), one.port(), one.path(), ANYWHERE, one.tls(), one.rules()));
            }
        }
        return showing;
    }

    /**
     * Lets every route that shows this certificate show this version of it, and waits until every node serves that; otherwise it is
     * as it was.
     *
     * @throws IOException saying which node does not serve it, and why
     */
    public void renew(String certificate, String version) throws IOException, InterruptedException {
        requireAll(Intent.Kind.ROUTES);
        List<Route> before = showing(certificate);
        try {
            Intent wanted = versioned(certificate, owner -> version);
            for (Route one : before) {
                settle(Intent.Kind.ROUTES, wanted.generation(), one.owner());
            }
        } catch (IOException | InterruptedException e) {
            Map<RouteOwner, String> versions = new HashMap<>();
            before.forEach(one -> versions.put(one.owner(), one.tls().version()));
            versioned(certificate, owner -> versions.getOrDefault(owner, version));
            throw e;
        }
    }

    private Intent versioned(String certificate, Function<RouteOwner, String> versions) throws IOException {
        try {
            return desk.change(Intent.Kind.ROUTES, (intent, generation) -> {
                List<IntendedRoute> changed = intent.routes().stream()
                        .map(one ->
                                one.tls() == null || !one.tls().certificate().equals(certificate)
                                        ? one
                                        : one.over(one.tls().versioned(versions.apply(one.owner()))))
                        .toList();
                return changed.equals(intent.routes()) ? intent : Intent.ofRoutes(cluster.getId(), generation, changed);
            });
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** How the nodes find where the owner's route leads; empty without one. */
    Optional<Target.Kind> way(RouteOwner owner) throws IOException {
        return routeOf(desk.intent(Intent.Kind.ROUTES), owner)
                .map(one -> one.targets().get(0).kind());
    }

    /** Whether a route of this owner was published. */
    boolean isRouted(RouteOwner owner) throws IOException {
        return routeOf(desk.intent(Intent.Kind.ROUTES), owner).isPresent();
    }

    /** What is wanted of the owner's weight. */
    Optional<IntendedWeight> weightOf(RouteOwner owner) throws IOException {
        return desk.intent(Intent.Kind.WEIGHTS).weights().stream()
                .filter(weight -> weight.owner().equals(owner))
                .findFirst();
    }

    /**
     * Wants this weight; the nodes follow by themselves.
     *
     * @return the generation of the document
     * @throws StaleGenerationException if a later rollout set one
     */
    long want(IntendedWeight weight) throws IOException, InvalidRouteException {
        RouteOwner owner = weight.owner();
        // A weight is judged before it is signed; its addresses are known on the nodes only.
        weight.to(weight.canary().isEmpty() ? List.of() : ANYWHERE);
        if (!weight.canary().isEmpty() && !isRouted(owner)) {
            throw new InvalidRouteException(Messages.KubengNodes_noRoute(
                    owner.id(), cluster.getId(), owner.application(), owner.environment()));
        }
        return desk.change(Intent.Kind.WEIGHTS, (intent, generation) -> {
                    Optional<IntendedWeight> before = intent.weights().stream()
                            .filter(one -> one.owner().equals(owner))
                            .findFirst();
                    if (before.isPresent() && before.get().generation() > weight.generation()) {
                        throw new StaleGenerationException(
                                Messages.KubengNodes_where(owner.id(), cluster.getId()),
                                weight.generation(),
                                before.get().generation());
                    }
                    if (before.isPresent() && before.get().equals(weight)
                            || before.isEmpty() && weight.canary().isEmpty()) {
                        return intent;
                    }
                    List<IntendedWeight> weights = new ArrayList<>(intent.weights());
                    weights.removeIf(one -> one.owner().equals(owner));
                    weights.add(weight);
                    return Intent.ofWeights(cluster.getId(), generation, weights);
                })
                .generation();
    }

    /** Refuses when a node is away, so that nothing is begun that cannot be ended. */
    void requireAll(Intent.Kind kind) throws IOException, InterruptedException {
        Optional<String> silent = board.awaitHeard(cluster.daemonNames(), kind);
        if (silent.isPresent()) {
            throw new IOException(Messages.KubengNodes_silent(silent.get(), cluster.getId()));
        }
    }

    /** Waits until every node serves that generation with the owner's part in it. */
    void settle(Intent.Kind kind, long generation, RouteOwner owner) throws IOException, InterruptedException {
        List<NodeBoard.Lagging> lagging = board.await(cluster.daemonNames(), kind, generation, owner.id(), LIMIT);
        if (!lagging.isEmpty()) {
            NodeBoard.Lagging first = lagging.stream()
                    .filter(NodeBoard.Lagging::refused)
                    .findFirst()
                    .orElse(lagging.get(0));
            throw new IOException(
                    first.why().isEmpty()
                            ? Messages.KubengNodes_slow(first.node(), cluster.getId(), generation, LIMIT.toSeconds())
                            : Messages.KubengNodes_lagging(first.node(), cluster.getId(), generation, first.why()));
        }
        requireSame(kind);
    }

    /** A node that tells the generation has to tell the document of that generation, too. */
    private void requireSame(Intent.Kind kind) throws IOException {
        String tag = desk.intent(kind).tag();
        for (String node : cluster.daemonNames()) {
            boolean another = board.line(node)
                    .map(line -> line.told().half(kind))
                    .filter(half -> half.generation() == Intent.generationOf(tag) && !tag.endsWith("-" + half.sha()))
                    .isPresent();
            if (another) {
                throw new IOException(Messages.KubengNodes_another(node, cluster.getId(), Intent.generationOf(tag)));
            }
        }
    }

    /** Nodes that do not serve the weights that are wanted now. */
    List<String> lagging(RouteOwner owner) throws IOException {
        long generation = desk.intent(Intent.Kind.WEIGHTS).generation();
        return board.lagging(cluster.daemonNames(), Intent.Kind.WEIGHTS, generation, owner.id()).stream()
                .map(NodeBoard.Lagging::node)
                .toList();
    }

    private static List<Member> anywhere() {
        try {
            return List.of(Member.of("127.0.0.1", 1, 1));
        } catch (InvalidRouteException e) {
            throw new IllegalStateException("the loopback address is one", e);
        }
    }

    /** Two owners never claim the same place, nor two tenants the same host. */
    private RouteSet beside(Intent intent, IntendedRoute wanted) throws InvalidRouteException, IOException {
        for (Target target : wanted.targets()) {
            target.check();
        }
        List<Route> others = new ArrayList<>();
        for (IntendedRoute one : intent.routes()) {
            others.add(one.to(ANYWHERE));
        }
        Route route = wanted.to(ANYWHERE);
        for (String host : route.hosts()) {
            if (board.isTaken(host, wanted.owner().tenant())) {
                throw new InvalidRouteException(Messages.KubengNodes_taken(host, cluster.getId()));
            }
        }
        RouteSet together = RouteSet.of(others).with(route.rules() == null ? route.ruled(RouteRules.NONE) : route);
        if (together.of(wanted.owner()).isEmpty()) {
            throw new IllegalStateException("a set with a route has it");
        }
        KubengStreams.set(desk.intent(Intent.Kind.STREAMS)).requireBeside(together);
        return together;
    }

    /** All routes of a host show what the last one of them wants. */
    private static List<IntendedRoute> alike(List<IntendedRoute> routes, RouteSet together) {
        return routes.stream()
                .map(one -> one.over(together.of(one.owner()).map(Route::tls).orElse(one.tls())))
                .toList();
    }

    private static Optional<IntendedRoute> routeOf(Intent intent, RouteOwner owner) {
        return intent.routes().stream().filter(one -> one.owner().equals(owner)).findFirst();
    }

    private static List<IntendedRoute> with(List<IntendedRoute> routes, RouteOwner owner, IntendedRoute wanted) {
        List<IntendedRoute> changed = new ArrayList<>(routes);
        changed.removeIf(one -> one.owner().equals(owner));
        if (wanted != null) {
            changed.add(wanted);
        }
        return changed;
    }
}
