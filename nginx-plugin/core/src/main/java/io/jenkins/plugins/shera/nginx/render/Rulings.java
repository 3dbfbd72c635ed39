package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteAccess;
import io.jenkins.plugins.shera.nginx.model.RouteLimits;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The rules of routes as directives: a route's own, and for what it says nothing of those that another has for the whole host. */
final class Rulings {
    private static final String CLIENT = "$binary_remote_addr";

    /** Some 8,000 clients at a time; nginx forgets those that were away longest. */
    private static final String ZONE_SIZE = ":1m";

    private static final String TOO_MANY = "429";

    private final RouteSet routes;
    private final String users;
    private final Map<String, Route> ofHost = new HashMap<>();

    /** {@code users} is the absolute folder of password files. */
    Rulings(RouteSet routes, String users) {
        this.routes = routes;
        this.users = users;
        for (Route route : routes.routes()) {
            if (route.rules() != null && route.rules().wholeHost()) {
                ofHost.put(route.host(), route);
            }
        }
    }

    /** Whether nginx does nothing for this route beside passing requests on. */
    boolean areNone(Route route) {
        return route.rules() == null && !ofHost.containsKey(route.host());
    }

    /** Where nginx remembers how often each client came, for every route that limits it. */
    List<Directive> zones() {
        List<Directive> zones = new ArrayList<>();
        for (Route route : routes.routes()) {
            RouteLimits limits = route.rules() == null ? null : route.rules().limits();
            if (limits != null && limits.requestsPerSecond() > 0) {
                zones.add(Directive.zone(
                        "limit_req_zone",
                        CLIENT,
                        "zone=" + requests(route) + ZONE_SIZE,
                        "rate=" + limits.requestsPerSecond() + "r/s"));
            }
            if (limits != null && limits.connections() > 0) {
                zones.add(Directive.zone("limit_conn_zone", CLIENT, "zone=" + connections(route) + ZONE_SIZE));
            }
        }
        return zones;
    }

    private static String requests(Route route) {
        return "shera_r_" + Servers.routeKey(route.owner());
    }

    private static String connections(Route route) {
        return "shera_c_" + Servers.routeKey(route.owner());
    }

    /** What stands in the location of this route. */
    List<Directive> of(Route route) {
        List<Directive> inner = new ArrayList<>();
        Route ruling = ruling(route, rules -> rules.access() != null);
        if (ruling != null) {
            access(ruling.rules().access(), inner);
        }
        ruling = ruling(route, rules -> rules.limits() != null);
        if (ruling != null) {
            limits(ruling, inner);
        }
        ruling = ruling(route, rules -> !rules.request().isEmpty());
        if (ruling != null) {
            // An empty value is how nginx is told to send no such header.
            ruling.rules()
                    .request()
                    .forEach(header -> inner.add(Directive.of(
                            "proxy_set_header", header.name(), header.value() == null ? "" : header.value())));
        }
        ruling = ruling(route, rules -> !rules.response().isEmpty());
        if (ruling != null) {
            ruling.rules().response().forEach(header -> response(header, inner));
        }
        return inner;
    }

    private Route ruling(Route route, Predicate<RouteRules> says) {
        if (route.rules() != null && says.test(route.rules())) {
            return route;
        }
        Route whole = ofHost.get(route.host());
        return whole != null && says.test(whole.rules()) ? whole : null;
    }

    private void access(RouteAccess access, List<Directive> inner) {
        access.deny().forEach(network -> inner.add(Directive.of("deny", network)));
        access.allow().forEach(network -> inner.add(Directive.of("allow", network)));
        if (!access.allow().isEmpty()) {
            inner.add(Directive.of("deny", "all"));
        }
        if (access.users() != null) {
            inner.add(Directive.of("auth_basic", access.realm() == null ? "login" : access.realm()));
            inner.add(Directive.of("auth_basic_user_file", users + "/" + access.users()));
        }
    }

    private static void limits(Route ruling, List<Directive> inner) {
        RouteLimits limits = ruling.rules().limits();
        number(inner, "client_max_body_size", limits.bodyBytes(), "");
        if (limits.requestsPerSecond() > 0) {
            String zone = "zone=" + requests(ruling);
            inner.add(
                    limits.burst() > 0
                            ? Directive.of("limit_req", zone, "burst=" + limits.burst(), "nodelay")
                            : Directive.of("limit_req", zone));
            inner.add(Directive.of("limit_req_status", TOO_MANY));
        }
        if (limits.connections() > 0) {
            inner.add(Directive.of("limit_conn", connections(ruling), String.valueOf(limits.connections())));
            inner.add(Directive.of("limit_conn_status", TOO_MANY));
        }
        number(inner, "limit_rate", limits.bytesPerSecond(), "");
        number(inner, "proxy_connect_timeout", limits.connectSeconds(), "s");
        number(inner, "proxy_read_timeout", limits.readSeconds(), "s");
        number(inner, "proxy_send_timeout", limits.sendSeconds(), "s");
        number(inner, "client_body_timeout", limits.sendSeconds(), "s");
    }

    private static void number(List<Directive> inner, String name, long value, String unit) {
        if (value > 0) {
            inner.add(Directive.of(name, value + unit));
        }
    }

    private static void response(HeaderRule header, List<Directive> inner) {
        inner.add(Directive.of("proxy_hide_header", header.name()));
        if (header.value() != null) {
            inner.add(Directive.of("add_header", header.name(), header.value(), "always"));
        }
    }
}
