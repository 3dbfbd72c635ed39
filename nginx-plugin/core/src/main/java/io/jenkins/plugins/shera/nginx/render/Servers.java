package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The upstream and server blocks of a set of routes. */
final class Servers {
    /** Above it nginx takes too long to read an upstream and a server for each; below, open connections count more. */
    private static final int MANY_ROUTES = 500;

    private Servers() {}

    static List<Directive> of(RouteSet routes, String folder) {
        Rulings rulings = new Rulings(routes, folder + "/users");
        List<Directive> directives = new ArrayList<>(rulings.zones());
        SortedMap<Integer, SortedMap<String, List<Route>>> byPortAndHost = new TreeMap<>();
        for (Route route : routes.routes()) {
            if (!route.isLive() && !byAddress(route, routes)) {
                directives.addAll(Balancing.of(route, upstreamName(route)));
            }
            byPortAndHost
                    .computeIfAbsent(route.port(), port -> new TreeMap<>())
                    .computeIfAbsent(route.host(), host -> new ArrayList<>())
                    .add(route);
        }
        byPortAndHost.forEach((port, hosts) -> {
            directives.add(unknownHost(port));
            List<Route> shared = new ArrayList<>();
            hosts.forEach((host, sharing) -> {
                if (isMany(routes) && SharedServer.takes(sharing) && rulings.areNone(sharing.get(0))) {
                    shared.add(sharing.get(0));
                } else {
                    directives.add(server(port, host, sharing, route -> locations(route, routes, rulings)));
                }
            });
            if (!shared.isEmpty()) {
                directives.addAll(SharedServer.of(port, shared, route -> target(route, routes)));
            }
        });
        routes.routes().forEach(route -> directives.addAll(Redirects.aliases(route)));
        directives.addAll(TlsServers.of(routes, folder + "/tls", route -> locations(route, routes, rulings)));
        return directives;
    }

    /** Without it, nginx would send a request for an unknown host to whichever application comes first. */
    private static Directive unknownHost(int port) {
        return Directive.block(
                "server",
                List.of(),
                List.of(
                        Directive.of("listen", String.valueOf(port), "default_server"),
                        Directive.of("server_name", "_"),
                        Directive.of("return", "404")));
    }

    private static Directive server(
            int port, String host, List<Route> sharing, Function<Route, List<Directive>> locations) {
        List<Directive> inner = new ArrayList<>();
        inner.add(Directive.of("listen", String.valueOf(port)));
        inner.add(Directive.of("server_name", host));
        for (Route route : sharing) {
            inner.addAll(Redirects.of(route));
            inner.addAll(
                    route.tls() != null && route.tls().redirect() != 0
                            ? TlsServers.redirects(route)
                            : locations.apply(route));
        }
        return Directive.block("server", List.of(), inner);
    }

    private static List<Directive> locations(Route route, RouteSet routes, Rulings rulings) {
        return route.ownPlaces().stream()
                .map(place -> location(place, route, routes, rulings))
                .toList();
    }

    private static Directive location(String place, Route route, RouteSet routes, Rulings rulings) {
        Directive plain = location(
                place,
                Directive.set("$shera_route", routeKey(route.owner())),
                Balancing.isSticky(route)
                        ? Directive.setExpression("$shera_stable", Balancing.variable(route))
                        : Directive.set("$shera_stable", target(route, routes)));
        List<Directive> inner = new ArrayList<>(plain.block());
        inner.addAll(rulings.of(route));
        if (Balancing.isSticky(route)) {
            inner.add(Balancing.cookie(route));
        }
        return new Directive(plain.name(), plain.arguments(), inner);
    }

    /** The map of the weights makes {@code $shera_to} of the two that are set. */
    static Directive location(String place, Directive setRoute, Directive setStable) {
        return Directive.block(
                "location",
                words(place),
                List.of(
                        setRoute,
                        setStable,
                        Directive.withExpression("proxy_pass", List.of(), "http://$shera_to"),
                        Directive.of("proxy_http_version", "1.1"),
                        Directive.of("proxy_set_header", "Connection", ""),
                        Directive.withExpression("proxy_set_header", List.of("Host"), "$host"),
                        Directive.withExpression("proxy_set_header", List.of("X-Real-IP"), "$remote_addr"),
                        Directive.withExpression(
                                "proxy_set_header", List.of("X-Forwarded-For"), "$proxy_add_x_forwarded_for"),
                        Directive.withExpression("proxy_set_header", List.of("X-Forwarded-Proto"), "$scheme")));
    }

    /** The arguments of a location: a path, or a sign and a path. */
    static List<String> words(String place) {
        return place.startsWith("= ") ? List.of("=", place.substring(2)) : List.of(place);
    }

    /** Names a route in the map of the weights: short, because nginx limits the keys of a map. */
    static String routeKey(RouteOwner owner) {
        return Fingerprint.of(owner.id().getBytes(StandardCharsets.UTF_8)).substring(0, 20);
    }

    /** Whether requests go to the only member without an upstream of its own. */
    private static boolean byAddress(Route route, RouteSet routes) {
        return !route.isLive() && route.members().size() == 1 && isMany(routes);
    }

    static boolean isMany(RouteSet routes) {
        return routes.routes().size() > MANY_ROUTES;
    }

    private static String target(Route route, RouteSet routes) {
        if (route.isLive() && isMany(routes)) {
            return LiveUpstreams.SHARED;
        }
        return byAddress(route, routes) ? route.members().get(0).authority() : upstreamName(route);
    }

    static String upstreamName(Route route) {
        return "shera." + route.owner().id();
    }
}
