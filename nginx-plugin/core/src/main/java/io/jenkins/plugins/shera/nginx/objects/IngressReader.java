package io.jenkins.plugins.shera.nginx.objects;

import static io.jenkins.plugins.shera.nginx.objects.RouteObject.onlyFields;
import static io.jenkins.plugins.shera.nginx.objects.RouteObject.plain;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an Ingress. Annotations are not looked at, but for the old one that names a class. */
final class IngressReader {
    private static final String OLD_CLASS = "kubernetes.io/ingress.class";
    private static final int REDIRECT = 308;

    private final RouteObject object;
    private final WatchedObjects setting;
    private final Facts facts;
    private final Map<String, String> secrets = new HashMap<>();

    private IngressReader(RouteObject object, WatchedObjects setting, Facts facts) {
        this.object = object;
        this.setting = setting;
        this.facts = facts;
    }

    static Optional<Translation> read(RouteObject object, WatchedObjects setting, Facts facts)
            throws InvalidRouteException {
        JsonNode spec = object.json().path("spec");
        String old = object.json()
                .path("metadata")
                .path("annotations")
                .path(OLD_CLASS)
                .asText("");
        if (!setting.classes().contains(spec.path("ingressClassName").asText(old))) {
            return Optional.empty();
        }
        return Optional.of(new IngressReader(object, setting, facts).read(spec));
    }

    private Translation read(JsonNode spec) throws InvalidRouteException {
        if (spec.hasNonNull("defaultBackend")) {
            throw new InvalidRouteException("It has a defaultBackend, which would answer for hosts of everybody. Give"
                    + " rules with host names instead.");
        }
        onlyFields("The spec", spec, Set.of("ingressClassName", "rules", "tls"));
        for (JsonNode tls : spec.path("tls")) {
            secrets(spec, tls);
        }
        List<IntendedRoute> routes = new ArrayList<>();
        for (JsonNode rule : spec.path("rules")) {
            String host = rule.path("host").asText("");
            if (host.isEmpty()) {
                throw new InvalidRouteException("A rule names no host, and would take those of everybody. Name one.");
            }
            for (JsonNode path : rule.path("http").path("paths")) {
                routes.add(route(host, path));
            }
        }
        if (routes.isEmpty()) {
            throw new InvalidRouteException("It has no rule with a path, so that nothing leads anywhere. Give one.");
        }
        return new Translation(routes, List.of());
    }

    private void secrets(JsonNode spec, JsonNode tls) throws InvalidRouteException {
        String secret = tls.path("secretName").asText("");
        if (secret.isEmpty()) {
            throw new InvalidRouteException("A part of tls names no Secret. Name one of the type kubernetes.io/tls.");
        }
        if (tls.path("hosts").isEmpty()) {
            spec.path("rules").forEach(rule -> secrets.put(rule.path("host").asText(""), secret));
        }
        tls.path("hosts").forEach(host -> secrets.put(host.asText(""), secret));
    }

    private IntendedRoute route(String host, JsonNode path) throws InvalidRouteException {
        onlyFields("A path", path, Set.of("path", "pathType", "backend"));
        onlyFields("A backend", path.path("backend"), Set.of("service"));
        String type = path.path("pathType").asText("");
        PathMatch match = type.equals("Exact") ? PathMatch.EXACT : PathMatch.SEGMENTS;
        String text = path.path("path").asText("/");
        JsonNode service = path.path("backend").path("service");
        String name = service.path("name").asText("");
        JsonNode port = service.path("port");
        int number = port.hasNonNull("number")
                ? port.path("number").asInt()
                : facts.port(
                        object.namespace(), plain(name), plain(port.path("name").asText("")));
        Target target = object.target(setting, name, number, 1);
        IntendedRoute route = new IntendedRoute(
                        object.owner(host, text, match), host, setting.port(), text, List.of(target))
                .matching(match);
        String secret = secrets.get(host);
        return secret == null ? route : route.over(tls(secret));
    }

    private RouteTls tls(String secret) throws InvalidRouteException {
        String version = facts.certificate(object.namespace(), secret);
        String name = object.tenant() + "/secret-" + version.substring(0, 12);
        return new RouteTls(name, version, setting.tlsPort(), REDIRECT, 0, false, RouteTls.Http2.ON);
    }
}
