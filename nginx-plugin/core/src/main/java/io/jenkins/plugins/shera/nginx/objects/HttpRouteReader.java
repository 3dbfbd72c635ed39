package io.jenkins.plugins.shera.nginx.objects;

import static io.jenkins.plugins.shera.nginx.objects.RouteObject.onlyFields;
import static io.jenkins.plugins.shera.nginx.objects.RouteObject.plain;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an HTTPRoute: host names, paths (exact or by segments), weights, one header that leads to another Service than the rest, and headers that
 * are set or taken away.
 */
final class HttpRouteReader {
    private final RouteObject object;
    private final WatchedObjects setting;
    private final Map<Place, Branch> places = new LinkedHashMap<>();

    private record Place(String path, PathMatch match) {}

    /** What requests of one place do: the usual ones, and those with a certain header. */
    private static final class Branch {
        private Leads usual;
        private Leads other;
        private final List<CanaryRule> headers = new ArrayList<>();
    }

    private record Leads(List<Target> targets, RouteRules rules) {}

    private HttpRouteReader(RouteObject object, WatchedObjects setting) {
        this.object = object;
        this.setting = setting;
    }

    static Optional<Translation> read(RouteObject object, WatchedObjects setting) throws InvalidRouteException {
        boolean ours = false;
        for (JsonNode parent : object.json().path("spec").path("parentRefs")) {
            String gateway = parent.path("namespace").asText(object.namespace()) + "/"
                    + parent.path("name").asText();
            boolean isGateway = parent.path("kind").asText("Gateway").equals("Gateway")
                    && parent.path("group").asText("gateway.networking.k8s.io").equals("gateway.networking.k8s.io");
            if (isGateway && setting.gateways().contains(gateway)) {
                ours = true;
                onlyFields("The parentRef " + plain(gateway), parent, Set.of("group", "kind", "namespace", "name"));
            }
        }
        return ours ? Optional.of(new HttpRouteReader(object, setting).read()) : Optional.empty();
    }

    private Translation read() throws InvalidRouteException {
        JsonNode spec = object.json().path("spec");
        onlyFields("The spec", spec, Set.of("parentRefs", "hostnames", "rules"));
        if (spec.path("hostnames").isEmpty()) {
            throw new InvalidRouteException("It names no host, and would take those of everybody. Give hostnames.");
        }
        for (JsonNode rule : spec.path("rules")) {
            rule(rule);
        }
        if (places.isEmpty()) {
            throw new InvalidRouteException("It has no rule, so that nothing leads anywhere. Give one.");
        }
        List<IntendedRoute> routes = new ArrayList<>();
        List<IntendedWeight> weights = new ArrayList<>();
        for (JsonNode host : spec.path("hostnames")) {
            for (Map.Entry<Place, Branch> place : places.entrySet()) {
                add(host.asText(""), place.getKey(), place.getValue(), routes, weights);
            }
        }
        return new Translation(routes, weights);
    }

    private void add(String host, Place place, Branch branch, List<IntendedRoute> routes, List<IntendedWeight> weights)
            throws InvalidRouteException {
        if (branch.usual == null) {
            throw new InvalidRouteException(
                    "At the path " + plain(place.path()) + " only requests with a certain header"
                            + " lead anywhere, which nginx is not made to do here. Add a rule for that path without headers.");
        }
        RouteOwner owner = object.owner(host, place.path(), place.match());
        routes.add(new IntendedRoute(owner, host, setting.port(), place.path(), branch.usual.targets())
                .matching(place.match())
                .ruled(branch.usual.rules()));
        if (branch.other != null) {
            weights.add(new IntendedWeight(
                    owner, 0, List.copyOf(branch.headers), branch.other.targets(), object.name(), 1, 0));
        }
    }

    private void rule(JsonNode rule) throws InvalidRouteException {
        onlyFields("A rule", rule, Set.of("name", "matches", "filters", "backendRefs"));
        Leads leads = new Leads(targets(rule.path("backendRefs")), HttpRouteFilters.read(rule.path("filters")));
        if (rule.path("matches").isEmpty()) {
            usual(new Place("/", PathMatch.SEGMENTS), leads);
        }
        for (JsonNode match : rule.path("matches")) {
            onlyFields("A match", match, Set.of("path", "headers"));
            Place place = place(match.path("path"));
            if (match.path("headers").isEmpty()) {
                usual(place, leads);
            } else {
                other(place, header(match.path("headers")), leads);
            }
        }
    }

    private void usual(Place place, Leads leads) throws InvalidRouteException {
        Branch branch = places.computeIfAbsent(place, key -> new Branch());
        if (branch.usual != null) {
            throw new InvalidRouteException("Two rules take the path " + plain(place.path())
                    + " without headers, and only one can. Take one of them out.");
        }
        branch.usual = leads;
        requireAlike(place, branch);
    }

    private void other(Place place, CanaryRule header, Leads leads) throws InvalidRouteException {
        Branch branch = places.computeIfAbsent(place, key -> new Branch());
        if (branch.other != null && !branch.other.equals(leads)) {
            throw new InvalidRouteException(
                    "At the path " + plain(place.path()) + " headers lead to more than one other"
                            + " place, which nginx is not made to do here. Let them lead to one, or use paths.");
        }
        branch.other = leads;
        branch.headers.add(header);
        requireAlike(place, branch);
    }

    private static void requireAlike(Place place, Branch branch) throws InvalidRouteException {
        if (branch.usual != null
                && branch.other != null
                && !Objects.equals(branch.usual.rules(), branch.other.rules())) {
            throw new InvalidRouteException("At the path " + plain(place.path()) + " the filters differ with a header,"
                    + " which nginx is not made to do here. Give both rules the same filters.");
        }
    }

    private static Place place(JsonNode path) throws InvalidRouteException {
        String type = path.path("type").asText("PathPrefix");
        String value = path.path("value").asText("/");
        if (!type.equals("Exact") && !type.equals("PathPrefix")) {
            throw new InvalidRouteException("A path is matched by '" + plain(type) + "'. Use Exact or PathPrefix: a"
                    + " regular expression of one tenant could keep nginx busy for all.");
        }
        return new Place(value, type.equals("Exact") ? PathMatch.EXACT : PathMatch.SEGMENTS);
    }

    private static CanaryRule header(JsonNode headers) throws InvalidRouteException {
        JsonNode only = headers.path(0);
        if (headers.size() > 1 || !only.path("type").asText("Exact").equals("Exact")) {
            throw new InvalidRouteException("A match asks for more than one header, or not for an exact value, which"
                    + " nginx is not made to do here. Match one header by its exact value.");
        }
        return CanaryRule.of(
                false, only.path("name").asText(""), only.path("value").asText(""));
    }

    private List<Target> targets(JsonNode references) throws InvalidRouteException {
        List<JsonNode> used = new ArrayList<>();
        for (JsonNode one : references) {
            onlyFields("A backendRef", one, Set.of("group", "kind", "namespace", "name", "port", "weight"));
            if (!one.path("group").asText("").isEmpty()
                    || !one.path("kind").asText("Service").equals("Service")
                    || !one.path("namespace").asText(object.namespace()).equals(object.namespace())) {
                throw new InvalidRouteException("A backendRef leads to something else than a Service of its own"
                        + " namespace. Name one of those.");
            }
            if (one.path("weight").asInt(1) > 0) {
                used.add(one);
            }
        }
        if (used.isEmpty()) {
            throw new InvalidRouteException("A rule has no backendRef with a weight above 0, so that nothing would"
                    + " answer. Name a Service.");
        }
        if (used.size() > 1 && setting.pods()) {
            throw new InvalidRouteException(
                    "Shares between Services need their cluster IPs, and this nginx cluster goes"
                            + " to pods. Name one Service in a rule.");
        }
        int divisor = 0;
        for (JsonNode one : used) {
            divisor = gcd(one.path("weight").asInt(1), divisor);
        }
        List<Target> targets = new ArrayList<>();
        for (JsonNode one : used) {
            int weight = one.path("weight").asInt(1) / divisor;
            if (weight > 100) {
                throw new InvalidRouteException(
                        "The weights of a rule cannot be told in parts of 1 to 100. Give" + " percentages.");
            }
            targets.add(object.target(
                    setting, one.path("name").asText(""), one.path("port").asInt(), weight));
        }
        return targets;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
