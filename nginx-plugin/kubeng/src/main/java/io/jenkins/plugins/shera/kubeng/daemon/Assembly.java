package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.kubeng.endpoints.EndpointBook;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What nginx is to be given of a document now. A bad route is left out with its reason and blocks no other.
 *
 * @param leftOut one line for each that is not served, beginning with its owner
 */
record Assembly(RouteSet routes, WeightSet weights, List<String> leftOut) {

    static Assembly routes(Intent intent, EndpointBook book) throws IOException {
        List<Route> routes = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Map<String, List<Route>> byHost = new HashMap<>();
        for (IntendedRoute intended : intent.routes()) {
            try {
                Route route = intended.to(book.members(intended.targets()));
                for (String host : route.hosts()) {
                    for (Route other : byHost.getOrDefault(host, List.of())) {
                        RouteSet.requireBeside(route, other);
                    }
                }
                route.hosts().forEach(host -> byHost.computeIfAbsent(host, key -> new ArrayList<>())
                        .add(route));
                routes.add(route);
            } catch (InvalidRouteException | RuntimeException e) {
                leftOut.add(line(intended.owner(), e));
            }
        }
        return new Assembly(RouteSet.of(routes), WeightSet.of(List.of()), leftOut);
    }

    /**
     * The same of weights.
     *
     * @param expired whether a lease of that many seconds is over
     */
    static Assembly weights(Intent intent, EndpointBook book, Predicate<Long> expired) throws IOException {
        List<Weight> weights = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (IntendedWeight intended : intent.weights()) {
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
        return new Assembly(RouteSet.of(List.of()), WeightSet.of(weights), leftOut);
    }

    private static String line(RouteOwner owner, Exception e) {
        return (owner == null ? "no owner" : owner.id()) + ": "
                + (e instanceof InvalidRouteException ? e.getMessage() : "is not complete");
    }
}
