package io.jenkins.plugins.shera.nginx.model;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
     * The set with this route in place of what its owner had before.
     *
     * @throws InvalidRouteException if the place is taken; another tenant's names are not told
     */
    public RouteSet with(Route route) throws InvalidRouteException {
        for (Route other : byOwner.values()) {
            if (other.owner().equals(route.owner()) || !other.host().equals(route.host())) {
                continue;
            }
            if (!other.owner().tenant().equals(route.owner().tenant())) {
                throw new InvalidRouteException(
                        "The host " + route.host() + " belongs to another tenant of this nginx cluster. "
                                + "Choose another host name, or ask an administrator to move it.");
            }
            if (other.port() == route.port() && other.path().equals(route.path())) {
                throw new InvalidRouteException(
                        "The path " + route.path() + " of host " + route.host() + " already leads to application '"
                                + other.owner().application() + "' ("
                                + other.owner().environment() + "). Choose another path or host, "
                                + "or remove that route first.");
            }
        }
        SortedMap<String, Route> changed = new TreeMap<>(byOwner);
        changed.put(route.owner().id(), route);
        return new RouteSet(changed);
    }

    /** The set without the route of this owner; the same set when there was none. */
    public RouteSet without(RouteOwner owner) {
        SortedMap<String, Route> changed = new TreeMap<>(byOwner);
        changed.remove(owner.id());
        return new RouteSet(changed);
    }
}
