package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.kubeng.endpoints.EndpointBook;
import io.jenkins.plugins.shera.kubeng.objects.ObjectState;
import io.jenkins.plugins.shera.kubeng.objects.RouteObjects;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedStream;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.objects.RouteObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What nginx is to be given of a document now. A bad route is left out with its reason and blocks no other.
 *
 * @param leftOut one line for each that is not served, beginning with its owner
 * @param reloading one line for each route that follows its addresses with reloads on a node that can do without, with the reason
 */
record Assembly(
        RouteSet routes,
        WeightSet weights,
        StreamSet streams,
        List<String> leftOut,
        Taken objects,
        List<String> reloading) {
    private static final StreamSet NO_STREAMS = StreamSet.of(List.of());

    /**
     * What was taken of objects of Kubernetes.
     *
     * @param identities of those of which something is served
     * @param states of all that are looked at
     * @param weights of their routes
     */
    record Taken(List<String> identities, List<ObjectState> states, List<IntendedWeight> weights) {
        static final Taken NOTHING = new Taken(List.of(), List.of(), List.of());
    }

    /**
     * The document's routes, and beside them those of objects, each if it may stand beside all before it.
     *
     * @param refused why nginx does not take an object of this identity, or null
     */
    static Assembly routes(
            Intent intent,
            EndpointBook book,
            List<RouteObjects.Candidate> objects,
            Function<String, String> refused,
            LiveWay live)
            throws IOException {
        Beside beside = new Beside(live);
        List<String> leftOut = new ArrayList<>();
        for (IntendedRoute intended : intent.routes()) {
            try {
                beside.add(intended, book);
            } catch (InvalidRouteException | RuntimeException e) {
                leftOut.add(line(intended.owner(), e));
            }
        }
        List<String> identities = new ArrayList<>();
        List<ObjectState> states = new ArrayList<>();
        List<IntendedWeight> weights = new ArrayList<>();
        for (RouteObjects.Candidate candidate : objects) {
            String mind = candidate.refused() == null ? refused.apply(candidate.identity()) : candidate.refused();
            Set<String> hosts = new TreeSet<>();
            List<String> reasons = new ArrayList<>();
            if (mind != null) {
                reasons.add(mind);
            } else {
                Set<RouteOwner> served = new HashSet<>();
                for (IntendedRoute intended : candidate.translation().routes()) {
                    try {
                        beside.add(intended, book);
                        hosts.add(intended.host());
                        served.add(intended.owner());
                    } catch (InvalidRouteException | RuntimeException e) {
                        reasons.add(e instanceof InvalidRouteException ? e.getMessage() : "is not complete");
                    }
                }
                candidate.translation().weights().stream()
                        .filter(weight -> served.contains(weight.owner()))
                        .forEach(weights::add);
            }
            if (!hosts.isEmpty()) {
                identities.add(candidate.identity());
            }
            states.add(state(candidate.object(), hosts, reasons));
        }
        return new Assembly(
                RouteSet.of(beside.routes),
                WeightSet.of(List.of()),
                NO_STREAMS,
                leftOut,
                new Taken(List.copyOf(identities), List.copyOf(states), List.copyOf(weights)),
                List.copyOf(beside.reloading));
    }

    private static ObjectState state(RouteObject object, Set<String> hosts, List<String> reasons) {
        return new ObjectState(
                object.tenant(),
                object.cluster(),
                object.kind().word(),
                object.namespace(),
                object.name(),
                List.copyOf(hosts),
                reasons.stream().distinct().toList());
    }

    /** Routes that stand beside each other. */
    private static final class Beside {
        private final LiveWay live;
        private final List<String> reloading = new ArrayList<>();
        private final List<Route> routes = new ArrayList<>();
        private final Map<String, List<Route>> byHost = new HashMap<>();
        private final Set<String> owners = new HashSet<>();
        private final Map<Integer, Route> byPort = new HashMap<>();

        Beside(LiveWay live) {
            this.live = live;
        }

        void add(IntendedRoute intended, EndpointBook book) throws InvalidRouteException, IOException {
            Route route = intended.to(book.members(intended.targets()));
            add(live.of(intended, route));
            if (live.reason().isEmpty() && LiveWay.follows(intended)) {
                LiveWay.minds(intended)
                        .ifPresent(why -> reloading.add(route.owner().id() + ": " + why));
            }
        }

        private void add(Route route) throws InvalidRouteException {
            if (owners.contains(route.owner().id())) {
                throw new InvalidRouteException("The route " + route.owner().id() + " is there twice.");
            }
            for (String host : route.hosts()) {
                for (Route other : byHost.getOrDefault(host, List.of())) {
                    RouteSet.requireBeside(route, other);
                }
            }
            for (Route other : byPort.values()) {
                RouteSet.requireApart(route, other);
            }
            owners.add(route.owner().id());
            byPort.putIfAbsent(route.port(), route);
            if (route.tls() != null) {
                byPort.putIfAbsent(-route.tls().port(), route);
            }
            route.hosts().forEach(host -> byHost.computeIfAbsent(host, key -> new ArrayList<>())
                    .add(route));
            routes.add(route);
        }
    }

    /**
     * The same of weights.
     *
     * @param expired whether a lease of that many seconds is over
     */
    static Assembly weights(Intent intent, EndpointBook book, List<IntendedWeight> ofObjects, Predicate<Long> expired)
            throws IOException {
        List<Weight> weights = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (IntendedWeight intended :
                Stream.concat(intent.weights().stream(), ofObjects.stream()).toList()) {
            try {
                if (intended.leaseSeconds() > 0 && expired.test(intended.leaseSeconds())) {
                    weights.add(intended.none());
                    leftOut.add(intended.owner().id() + ": its lease of " + intended.leaseSeconds()
                            + " s is over, because nothing was heard of Jenkins");
                } else {
                    List<Member> members = book.members(intended.canary());
                    weights.add(intended.to(members));
                    if (members.isEmpty() && !intended.canary().isEmpty()) {
                        leftOut.add(intended.owner().id() + ": no address of its canary is known yet");
                    }
                }
            } catch (InvalidRouteException | RuntimeException e) {
                leftOut.add(line(intended.owner(), e));
            }
        }
        return new Assembly(
                RouteSet.of(List.of()), WeightSet.of(weights), NO_STREAMS, leftOut, Taken.NOTHING, List.of());
    }

    /** The same of streams. */
    static Assembly streams(Intent intent, EndpointBook book) throws IOException {
        StreamSet streams = NO_STREAMS;
        List<String> leftOut = new ArrayList<>();
        for (IntendedStream intended : intent.streams()) {
            try {
                streams = streams.with(intended.to(book.members(intended.targets())));
            } catch (InvalidRouteException | RuntimeException e) {
                leftOut.add(line(intended.owner(), e));
            }
        }
        return new Assembly(
                RouteSet.of(List.of()), WeightSet.of(List.of()), streams, leftOut, Taken.NOTHING, List.of());
    }

    private static String line(RouteOwner owner, Exception e) {
        return (owner == null ? "no owner" : owner.id()) + ": "
                + (e instanceof InvalidRouteException ? e.getMessage() : "is not complete");
    }
}
