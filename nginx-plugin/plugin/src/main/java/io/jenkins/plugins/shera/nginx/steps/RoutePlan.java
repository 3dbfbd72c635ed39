package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What publishing a route would change, for people; secrets are masked.
 *
 * @param node whose file before and after are the tenant's part of; empty where the nodes render the route themselves
 * @param before nginx configuration or, without a node, the wanted route in lines; empty for none
 * @param after the same with the change
 * @param leadsTo addresses, or what nodes look for
 */
public record RoutePlan(String node, String before, String after, List<String> leadsTo) {
    static RoutePlan of(IntendedRoute before, IntendedRoute after, List<String> leadsTo) {
        return new RoutePlan("", lines(before), lines(after), leadsTo);
    }

    /** One line for each thing that is said of it. */
    private static String lines(IntendedRoute route) {
        if (route == null) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        line(lines, "route", route.host() + ":" + route.port() + route.path());
        for (Target target : route.targets()) {
            line(lines, "to", target + (target.weight() == 1 ? "" : " weight=" + target.weight()));
        }
        if (route.tls() != null) {
            line(
                    lines,
                    "certificate",
                    route.tls().certificate() + " on port " + route.tls().port());
            line(lines, "redirect", String.valueOf(route.tls().redirect()));
            line(lines, "hsts", String.valueOf(route.tls().hstsSeconds()));
        }
        if (route.rules() != null) {
            ObjectNode rules = JsonNodeFactory.instance.objectNode();
            RouteRulesSettings.into(rules, route.rules());
            // Their values may be secrets.
            rules.put(
                    "requestHeaders",
                    names(route.rules().request().stream()
                            .map(one -> one.name())
                            .toList()));
            rules.put(
                    "responseHeaders",
                    names(route.rules().response().stream()
                            .map(one -> one.name())
                            .toList()));
            for (Map.Entry<String, JsonNode> one : rules.properties()) {
                String said = one.getValue().asText().replace('\n', ' ').strip();
                if (!List.of("", "0", "false").contains(said)) {
                    line(lines, one.getKey(), said);
                }
            }
        }
        return lines.toString();
    }

    private static String names(List<String> names) {
        return names.stream().sorted().collect(Collectors.joining(" "));
    }

    private static void line(StringBuilder lines, String name, String said) {
        lines.append(name).append(' ').append(said).append('\n');
    }
}
