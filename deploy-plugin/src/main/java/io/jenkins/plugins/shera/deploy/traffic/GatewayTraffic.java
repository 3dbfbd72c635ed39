package io.jenkins.plugins.shera.deploy.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.Match;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares are requests: the weights of the backendRefs of an HTTPRoute (Gateway API v1), and rules before the others for matches. A cookie
 * is matched by a regular expression over the header Cookie, which gateways support or refuse by their own choice.
 */
public final class GatewayTraffic implements TrafficControl {

    private static final ResourceKind ROUTE =
            new ResourceKind("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", true);

    private final String route;
    private final int settleSeconds;
    private final int drainSeconds;

    /**
     * For one HTTPRoute.
     *
     * @param route its name, empty for the one named as the application
     * @param settleSeconds how long a gateway may take from saying that it took a route until it serves it; Traefik gathers changes for 2 s
     * @param drainSeconds how long requests under way may take
     */
    public GatewayTraffic(String route, int settleSeconds, int drainSeconds) {
        this.route = route;
        this.settleSeconds = settleSeconds;
        this.drainSeconds = drainSeconds;
    }

    @Override
    public Split split() {
        return Split.REQUESTS;
    }

    private ObjectRef ref(TrafficTarget target) {
        return new ObjectRef(ROUTE, target.namespace(), route.isEmpty() ? target.stable() : route);
    }

    private JsonNode live(TrafficTarget target) throws IOException {
        return target.api()
                .find(ref(target))
                .orElseThrow(() -> new IOException("The router 'gatewayApi' cannot split " + target
                        + ": there is no HTTPRoute " + ref(target).name()
                        + " in its namespace. Name another by the parameter route, or create it first."));
    }

    @Override
    public void check(TrafficTarget target) throws IOException {
        int found = 0;
        for (JsonNode rule : live(target).path("spec").path("rules")) {
            boolean ours = false;
            for (JsonNode backend : rule.path("backendRefs")) {
                ours |= is(backend, target.stable());
            }
            if (ours) {
                found++;
                for (JsonNode backend : rule.path("backendRefs")) {
                    if (!is(backend, target.stable()) && !is(backend, target.canary())) {
                        throw new IOException(
                                "The router 'gatewayApi' cannot split " + target + ": a rule of HTTPRoute "
                                        + ref(target).name() + " shares its requests with "
                                        + backend.path("name").asText()
                                        + " too. Give the application a rule of its own.");
                    }
                }
            }
        }
        if (found == 0) {
            throw new IOException("The router 'gatewayApi' cannot split " + target + ": no rule of HTTPRoute "
                    + ref(target).name() + " leads to the Service " + target.stable() + ". Correct the route first.");
        }
    }

    private static boolean is(JsonNode backend, String service) {
        return backend.path("kind").asText("Service").equals("Service")
                && backend.path("name").asText().equals(service);
    }

    @Override
    public void apply(TrafficTarget target, Traffic wanted) throws IOException {
        JsonNode live = live(target);
        Marks.fence(live, target);
        ObjectNode change = Marks.change(live);
        change.withObject("/metadata/annotations")
                .put(Marks.GENERATION, String.valueOf(target.generation()))
                .put(Marks.AT, target.api().serverNow().toString());
        change.withObject("/spec").set("rules", rules(live, target, wanted));
        target.api().merge(ref(target), change);
    }

    /** The route's own rules with our weights, and before them ours for the matches. Made from scratch each time. */
    private static ArrayNode rules(JsonNode live, TrafficTarget target, Traffic wanted) {
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        List<JsonNode> own = new ArrayList<>();
        live.path("spec").path("rules").forEach(rule -> {
            if (!isOnlyCanary(rule, target)) {
                own.add(rule);
            }
        });
        for (JsonNode rule : own) {
            if (leadsToUs(rule, target)) {
                for (Match match : wanted.matches()) {
                    rules.add(matching(rule, target, match));
                }
            }
        }
        for (JsonNode rule : own) {
            rules.add(leadsToUs(rule, target) ? weighted(rule, target, wanted) : rule.deepCopy());
        }
        return rules;
    }

    private static boolean leadsToUs(JsonNode rule, TrafficTarget target) {
        for (JsonNode backend : rule.path("backendRefs")) {
            if (is(backend, target.stable())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOnlyCanary(JsonNode rule, TrafficTarget target) {
        for (JsonNode backend : rule.path("backendRefs")) {
            if (!is(backend, target.canary())) {
                return false;
            }
        }
        return rule.path("backendRefs").size() > 0;
    }

    private static ObjectNode weighted(JsonNode rule, TrafficTarget target, Traffic wanted) {
        ObjectNode copy = rule.deepCopy();
        ObjectNode stable = null;
        for (JsonNode backend : rule.path("backendRefs")) {
            if (is(backend, target.stable())) {
                stable = backend.deepCopy();
            }
        }
        ArrayNode backends = copy.putArray("backendRefs");
        if (wanted.isNone()) {
            backends.add(stable.put("weight", 1));
            return copy;
        }
        ObjectNode canary = stable.deepCopy();
        backends.add(stable.put("weight", 100 - wanted.percent()));
        backends.add(canary.put("name", target.canary()).put("weight", wanted.percent()));
        return copy;
    }

    private static ObjectNode matching(JsonNode rule, TrafficTarget target, Match match) {
        ObjectNode copy = rule.deepCopy();
        copy.remove("name");
        ArrayNode matches = copy.putArray("matches");
        JsonNode own = rule.path("matches");
        if (own.isEmpty()) {
            matches.addObject();
        }
        own.forEach(each -> matches.add(each.deepCopy()));
        for (JsonNode each : matches) {
            ObjectNode header = ((ObjectNode) each).withArrayProperty("headers").addObject();
            if (match.kind() == Match.Kind.HEADER) {
                header.put("type", "Exact").put("name", match.name()).put("value", match.value());
            } else {
                header.put("type", "RegularExpression")
                        .put("name", "Cookie")
                        .put("value", "(^|.*;[ ]*)" + match.name() + "=" + quoted(match.value()) + "(;.*|$)");
            }
        }
        for (JsonNode backend : rule.path("backendRefs")) {
            if (is(backend, target.stable())) {
                ObjectNode canary = backend.deepCopy();
                copy.putArray("backendRefs")
                        .add(canary.put("name", target.canary()).put("weight", 1));
            }
        }
        return copy;
    }

    /** Of what a {@link Match} may hold only these mean something in a regular expression. */
    private static String quoted(String value) {
        return value.replaceAll("[.+]", "[$0]");
    }

    @Override
    public TrafficReading read(TrafficTarget target) throws IOException {
        JsonNode live = target.api().find(ref(target)).orElse(null);
        if (live == null) {
            return new TrafficReading(0, Traffic.NONE, true, "");
        }
        List<Match> matches = new ArrayList<>();
        int percent = 0;
        for (JsonNode rule : live.path("spec").path("rules")) {
            if (isOnlyCanary(rule, target) && !leadsToUs(rule, target)) {
                match(rule).filter(match -> !matches.contains(match)).ifPresent(matches::add);
            } else if (leadsToUs(rule, target)) {
                percent = Math.max(percent, share(rule, target));
            }
        }
        String lag = lag(live);
        if (lag.isEmpty() && Marks.age(live, target) < settleSeconds) {
            lag = "the gateway took the route, waiting until it serves it";
        }
        return new TrafficReading(Marks.generation(live), new Traffic(percent, matches), lag.isEmpty(), lag);
    }

    private static int share(JsonNode rule, TrafficTarget target) {
        int all = 0;
        int canary = 0;
        for (JsonNode backend : rule.path("backendRefs")) {
            int weight = backend.path("weight").asInt(1);
            all += weight;
            canary += is(backend, target.canary()) ? weight : 0;
        }
        return all == 0 ? 0 : Math.round(100f * canary / all);
    }

    private static java.util.Optional<Match> match(JsonNode rule) {
        JsonNode headers = rule.path("matches").path(0).path("headers");
        JsonNode ours = headers.path(headers.size() - 1);
        String value = ours.path("value").asText();
        try {
            if (!ours.path("type").asText("Exact").equals("RegularExpression")) {
                return java.util.Optional.of(
                        new Match(Match.Kind.HEADER, ours.path("name").asText(), value));
            }
            int start = value.indexOf("[ ]*)") + 5;
            int equals = value.indexOf('=', start);
            int end = value.lastIndexOf("(;");
            return java.util.Optional.of(new Match(
                    Match.Kind.COOKIE,
                    value.substring(start, equals),
                    value.substring(equals + 1, end).replaceAll("\\[([.+])\\]", "$1")));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return java.util.Optional.empty();
        }
    }

    /** Why not every gateway serves this version of the route, or empty. */
    private static String lag(JsonNode live) {
        long generation = live.path("metadata").path("generation").asLong();
        for (JsonNode parent : live.path("status").path("parents")) {
            for (JsonNode condition : parent.path("conditions")) {
                String type = condition.path("type").asText();
                String gateway = parent.path("parentRef").path("name").asText();
                if (condition.path("observedGeneration").asLong() < generation) {
                    return "gateway " + gateway + " has not taken the route yet";
                }
                if ((type.equals("Accepted") || type.equals("ResolvedRefs"))
                        && !condition.path("status").asText().equals("True")) {
                    return "gateway " + gateway + ": "
                            + condition.path("message").asText();
                }
            }
        }
        return live.path("status").path("parents").isEmpty() ? "no gateway has taken the route yet" : "";
    }

    @Override
    public void reset(TrafficTarget target) throws IOException {
        if (target.api().find(ref(target)).isPresent()) {
            apply(target, Traffic.NONE);
        }
    }

    @Override
    public Duration drain() {
        return Duration.ofSeconds(drainSeconds);
    }
}
