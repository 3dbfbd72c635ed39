package io.jenkins.plugins.shera.nginx.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.Weight;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The plan of a route and its canary as an HTTPRoute of the Gateway API: headers before cookies before the share. What an HTTPRoute cannot say
 * is refused with the reason. A share is drawn for each request there, where nginx draws it for each client.
 */
public final class HttpRouteWriter {
    private static final int ALL = 100;

    /** Where requests to a member go in the cluster. */
    public record Service(String name, int port) {}

    private final String namespace;
    private final String gatewayNamespace;
    private final String gateway;
    private final Map<Member, Service> services;

    /**
     * For routes to Services of one namespace.
     *
     * @param services what stands behind members; one that is missing is refused
     */
    public HttpRouteWriter(String namespace, String gatewayNamespace, String gateway, Map<Member, Service> services) {
        this.namespace = namespace;
        this.gatewayNamespace = gatewayNamespace;
        this.gateway = gateway;
        this.services = Map.copyOf(services);
    }

    /**
     * The object.
     *
     * @param weight how its traffic is split; null for not at all
     * @throws InvalidRouteException naming what an HTTPRoute cannot say, and what to do
     */
    public ObjectNode write(Route route, Weight weight) throws InvalidRouteException {
        requireSayable(route);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "gateway.networking.k8s.io/v1").put("kind", "HTTPRoute");
        object.putObject("metadata")
                .put("name", route.owner().application() + "-" + route.owner().environment())
                .put("namespace", namespace);
        ObjectNode spec = object.putObject("spec");
        spec.putArray("parentRefs").addObject().put("name", gateway).put("namespace", gatewayNamespace);
        spec.putArray("hostnames").add(route.host());
        ArrayNode rules = spec.putArray("rules");
        Weight split = weight == null ? Weight.none(route.owner(), "", 0) : weight;
        for (CanaryRule each : split.rules().stream()
                .sorted(Comparator.comparing(CanaryRule::cookie))
                .toList()) {
            ObjectNode rule = rule(rules, route);
            header((ObjectNode) rule.at("/matches/0"), each);
            backends(rule, split.canary(), 1);
        }
        ObjectNode rest = rule(rules, route);
        if (split.percent() < ALL) {
            backends(rest, route.members(), split.percent() == 0 ? 1 : ALL - split.percent());
        }
        if (split.percent() > 0) {
            backends(rest, split.canary(), split.percent());
        }
        return object;
    }

    private static void requireSayable(Route route) throws InvalidRouteException {
        boolean prefix = route.match() == null && !route.path().equals("/");
        if (prefix) {
            throw cannot(
                    route,
                    "compares paths by whole segments, and this route takes every path that begins with the"
                            + " letters " + route.path(),
                    "Publish it with the path '/'");
        }
        if (route.tls() != null) {
            throw cannot(
                    route,
                    "says nothing of certificates, which belong to a listener of the Gateway",
                    "Give the Gateway one, and export a route without tls");
        }
        RouteRules rules = route.rules();
        if (rules == null) {
            return;
        }
        String more = rules.limits() != null
                ? "limits"
                : rules.access() != null
                        ? "access lists and passwords"
                        : rules.balance() != null
                                ? "how members are chosen"
                                : !rules.redirects().isEmpty()
                                        ? "redirects as nginx answers them"
                                        : !rules.aliases().isEmpty()
                                                ? "aliases"
                                                : rules.wholeHost() ? "rules of a whole host" : "";
        if (!more.isEmpty()) {
            throw cannot(route, "has no words for " + more, "Take them out of the rules of the route");
        }
    }

    private static InvalidRouteException cannot(Route route, String why, String next) {
        return new InvalidRouteException("The route of " + route.host() + " cannot be an HTTPRoute, which " + why + ". "
                + next + ", or keep it on nginx.");
    }

    private static ObjectNode rule(ArrayNode rules, Route route) {
        ObjectNode rule = rules.addObject();
        rule.putArray("matches")
                .addObject()
                .putObject("path")
                .put("type", route.match() == PathMatch.EXACT ? "Exact" : "PathPrefix")
                .put("value", route.path());
        if (route.rules() != null) {
            ArrayNode filters = JsonNodeFactory.instance.arrayNode();
            filter(
                    filters,
                    "RequestHeaderModifier",
                    "requestHeaderModifier",
                    route.rules().request());
            filter(
                    filters,
                    "ResponseHeaderModifier",
                    "responseHeaderModifier",
                    route.rules().response());
            if (!filters.isEmpty()) {
                rule.set("filters", filters);
            }
        }
        return rule;
    }

    private static void filter(ArrayNode filters, String type, String field, List<HeaderRule> headers) {
        if (headers.isEmpty()) {
            return;
        }
        ObjectNode modifier = filters.addObject().put("type", type).putObject(field);
        for (HeaderRule header : headers) {
            if (header.value() == null) {
                modifier.withArrayProperty("remove").add(header.name());
            } else {
                modifier.withArrayProperty("set")
                        .addObject()
                        .put("name", header.name())
                        .put("value", header.value());
            }
        }
    }

    private static void header(ObjectNode match, CanaryRule rule) {
        ObjectNode header = match.putArray("headers").addObject();
        if (rule.cookie()) {
            header.put("type", "RegularExpression")
                    .put("name", "Cookie")
                    .put("value", "^(.*;[ ]*)?" + plain(rule.name()) + "=" + plain(rule.value()) + "[ ]*(;.*)?$");
        } else {
            header.put("type", "Exact").put("name", rule.name()).put("value", rule.value());
        }
    }

    /** Of what a rule may hold only these mean something in a regular expression. */
    private static String plain(String value) {
        return value.replaceAll("[.+]", "[$0]");
    }

    /** Members share by their weights what all of them get. */
    private void backends(ObjectNode rule, List<Member> members, int share) throws InvalidRouteException {
        for (Member member : members) {
            Service service = services.get(member);
            if (service == null) {
                throw new InvalidRouteException("No Service of namespace " + namespace + " has the address "
                        + member.authority() + ", and an HTTPRoute leads to Services alone. Publish the route to the"
                        + " Service rather than to addresses, or keep it on nginx.");
            }
            rule.withArrayProperty("backendRefs")
                    .addObject()
                    .put("name", service.name())
                    .put("port", service.port())
                    .put("weight", share * (members.size() == 1 ? 1 : member.weight()));
        }
    }

    /** An object as YAML; every text in quotes, so that none is taken for something else. */
    public static String yaml(JsonNode object) {
        StringBuilder out = new StringBuilder();
        block(object, "", out);
        return out.toString();
    }

    private static void block(JsonNode node, String indent, StringBuilder out) {
        node.properties().forEach(each -> {
            out.append(indent).append(each.getKey()).append(':');
            if (each.getValue().isObject()) {
                out.append('\n');
                block(each.getValue(), indent + "  ", out);
            } else if (each.getValue().isArray()) {
                out.append('\n');
                list(each.getValue(), indent, out);
            } else {
                out.append(' ').append(each.getValue()).append('\n');
            }
        });
    }

    private static void list(JsonNode array, String indent, StringBuilder out) {
        for (JsonNode each : array) {
            if (each.isObject()) {
                StringBuilder inner = new StringBuilder();
                block(each, indent + "  ", inner);
                out.append(indent).append("- ").append(inner.substring(indent.length() + 2));
            } else {
                out.append(indent).append("- ").append(each).append('\n');
            }
        }
    }
}
