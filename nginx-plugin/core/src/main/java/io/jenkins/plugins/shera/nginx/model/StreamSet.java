package io.jenkins.plugins.shera.nginx.model;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All streams of a node, one for each port; a port belongs to the tenant that published it first. */
public final class StreamSet {
    private final SortedMap<String, Stream> byName;

    private StreamSet(SortedMap<String, Stream> byName) {
        this.byName = byName;
    }

    /** A set of these streams, which are known to stand beside each other. */
    public static StreamSet of(Collection<Stream> streams) {
        SortedMap<String, Stream> byName = new TreeMap<>();
        streams.forEach(stream -> byName.put(stream.name(), stream));
        return new StreamSet(byName);
    }

    /** In the order of their names. */
    public Collection<Stream> streams() {
        return byName.values();
    }

    /** The stream of this name. */
    public Optional<Stream> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The set with this stream in place of what its owner had at that port.
     *
     * @throws InvalidRouteException if the port is another's; another tenant's names are not told
     */
    public StreamSet with(Stream stream) throws InvalidRouteException {
        Stream before = byName.get(stream.check().name());
        if (before != null) {
            requireOwn(before, stream.owner());
        }
        SortedMap<String, Stream> changed = new TreeMap<>(byName);
        changed.put(stream.name(), stream);
        return new StreamSet(changed);
    }

    /**
     * The set without the owner's stream of this name; the same set when there is none.
     *
     * @throws InvalidRouteException if it is another's
     */
    public StreamSet without(String name, RouteOwner owner) throws InvalidRouteException {
        Stream before = byName.get(name);
        if (before == null) {
            return this;
        }
        requireOwn(before, owner);
        SortedMap<String, Stream> changed = new TreeMap<>(byName);
        changed.remove(name);
        return new StreamSet(changed);
    }

    private static void requireOwn(Stream before, RouteOwner owner) throws InvalidRouteException {
        if (!before.owner().tenant().equals(owner.tenant())) {
            throw new InvalidRouteException("The port " + before.name() + " belongs to another tenant of this nginx "
                    + "cluster. Choose another port, or ask an administrator to move it.");
        }
        if (!before.owner().equals(owner)) {
            throw new InvalidRouteException("The port " + before.name() + " leads to application '"
                    + before.owner().application() + "' (" + before.owner().environment()
                    + ") already. Choose another port, or remove that stream first.");
        }
    }

    /**
     * Refuses when a route is served at the TCP port of a stream.
     *
     * @throws InvalidRouteException naming the port, and nobody
     */
    public void requireBeside(RouteSet routes) throws InvalidRouteException {
        if (byName.isEmpty()) {
            return;
        }
        for (Route route : routes.routes()) {
            refuse(route.port());
            if (route.tls() != null) {
                refuse(route.tls().port());
            }
        }
    }

    private void refuse(int port) throws InvalidRouteException {
        if (byName.containsKey("tcp:" + port)) {
            throw new InvalidRouteException(
                    "The port " + port + " of this nginx cluster is wanted for a route and for a"
                            + " stream, and serves one of both. Choose another port for one of them.");
        }
    }
}
