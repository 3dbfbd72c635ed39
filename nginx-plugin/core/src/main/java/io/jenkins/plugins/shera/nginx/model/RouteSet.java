package io.jenkins.plugins.shera.nginx.model;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** All routes of a node, one for each owner; two owners never claim the same place, nor two tenants the same host. */
public final class RouteSet {
    private final SortedMap<String, Route> byOwner;

    private RouteSet(SortedMap<String, Route> byOwner) {
        this.byOwner = byOwner;
    }

    /** A set of these routes, which are known to stand beside each other. */
    public static RouteSet of(Collection<Route> routes) {
        SortedMap<String, Route> byOwner = new TreeMap<>();
        routes.forEach(route -> byOwner.put(route.owner().id(), route));
        return new RouteSet(byOwner);
    }

    /** In the order of their owners. */
    public Collection<Route> routes() {
        return byOwner.values();
    }

    /** The route of this owner. */
    public Optional<Route> of(RouteOwner owner) {
        return Optional.ofNullable(byOwner.get(owner.id()));
    }

    /**
     * The set with this route in place of what its owner had before, whose rules it keeps unless it brings its own.
     *
     * @throws InvalidRouteException if the place is taken; another tenant's names are not told
     */
    public RouteSet with(Route wanted) throws InvalidRouteException {
        Route route = settled(wanted);
        SortedMap<String, Route> changed = new TreeMap<>(byOwner);
        for (Route other : byOwner.values()) {
            if (other.owner().equals(route.owner())) {
                continue;
            }
            requireBeside(route, other);
            if (other.host().equals(route.host())
                    && other.tls() != null
                    && route.tls() != null
                    && other.tls().port() == route.tls().port()) {
                changed.put(other.owner().id(), other.over(other.tls().like(route.tls())));
            }
        }
        requireApart(route, route);
        if (route.places().stream().distinct().count() < route.places().size()) {
            throw new InvalidRouteException("A redirect begins at " + route.path() + ", where the route itself is. "
                    + "Choose another path for one of them.");
        }
        changed.put(route.owner().id(), route);
        return new RouteSet(changed);
    }

    private Route settled(Route wanted) throws InvalidRouteException {
        RouteRules rules =
                wanted.rules() == null ? of(wanted.owner()).map(Route::rules).orElse(null) : wanted.rules();
        return wanted.ruled(rules == null || rules.check(wanted.host()).isNone() ? null : rules);
    }

    /**
     * Refuses two routes of different owners that cannot be served beside each other.
     *
     * @throws InvalidRouteException saying what both want; another tenant's names are not told
     */
    public static void requireBeside(Route route, Route other) throws InvalidRouteException {
        requireApart(route, other);
        for (String host : route.hosts()) {
            if (!other.hosts().contains(host)) {
                continue;
            }
            if (!other.owner().tenant().equals(route.owner().tenant())) {
                throw new InvalidRouteException(
                        "The host " + host + " belongs to another tenant of this nginx cluster. "
                                + "Choose another host name, or ask an administrator to move it.");
            }
            if (!host.equals(route.host()) || !host.equals(other.host())) {
                throw new InvalidRouteException("The host " + host + " is an alias, which is sent to another host, and "
                        + "so cannot be " + (host.equals(route.host()) ? "published" : "an alias")
                        + " here: see application '"
                        + other.owner().application() + "' (" + other.owner().environment() + ").");
            }
        }
        if (!route.host().equals(other.host())) {
            return;
        }
        for (String place : route.places()) {
            if (other.port() == route.port() && other.places().contains(place)) {
                throw new InvalidRouteException("The path " + place.replace("= ", "") + " of host " + route.host()
                        + " already leads to application '"
                        + other.owner().application() + "' ("
                        + other.owner().environment() + "). Choose another path or host, "
                        + "or remove that route first.");
            }
        }
        if (route.rules() != null
                && route.rules().wholeHost()
                && other.rules() != null
                && other.rules().wholeHost()) {
            throw new InvalidRouteException("Application '" + other.owner().application() + "' ("
                    + other.owner().environment() + ") has the rules for the whole host " + route.host()
                    + " already. Leave wholeHost out, or change them there.");
        }
    }

    /**
     * One port speaks either TLS or not; whose the other route is stays untold.
     *
     * @throws InvalidRouteException naming the port
     */
    public static void requireApart(Route route, Route other) throws InvalidRouteException {
        boolean onTlsOfOther = other.tls() != null && other.tls().port() == route.port();
        if (onTlsOfOther || route.tls() != null && route.tls().port() == other.port()) {
            throw new InvalidRouteException("The port " + (onTlsOfOther ? route.port() : other.port())
                    + " of this nginx cluster speaks " + (onTlsOfOther ? "TLS" : "plain HTTP")
                    + " already, and one port speaks one of both. Choose another port for one of them.");
        }
    }

    /** The set with every route that shows this certificate showing this version of it. */
    public RouteSet renewed(String certificate, String version) {
        return changedTls(tls -> tls.certificate().equals(certificate) ? tls.versioned(version) : tls);
    }

    /** The set with the TLS of every route that has it changed so. */
    public RouteSet changedTls(UnaryOperator<RouteTls> change) {
        SortedMap<String, Route> changed = new TreeMap<>(byOwner);
        changed.replaceAll((owner, route) -> route.tls() == null ? route : route.over(change.apply(route.tls())));
        return new RouteSet(changed);
    }

    /** The set without the route of this owner; the same set when there was none. */
    public RouteSet without(RouteOwner owner) {
        SortedMap<String, Route> changed = new TreeMap<>(byOwner);
        changed.remove(owner.id());
        return new RouteSet(changed);
    }
}
