package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import java.util.ArrayList;
import java.util.List;

/** Paths and names of a route that are answered with another address. */
final class Redirects {
    private static final int PERMANENT = 301;

    private Redirects() {}

    /** A location for each path that leads elsewhere. */
    static List<Directive> of(Route route) {
        List<Directive> locations = new ArrayList<>();
        if (route.rules() != null) {
            for (RouteRedirect redirect : route.rules().redirects()) {
                locations.add(Directive.block(
                        "location",
                        Servers.words(redirect.place()),
                        List.of(Directive.of("return", String.valueOf(redirect.status()), redirect.to()))));
            }
        }
        return locations;
    }

    /** The server of the plain port for names that are sent to the route's own host. */
    static List<Directive> aliases(Route route) {
        if (route.rules() == null || route.rules().aliases().isEmpty()) {
            return List.of();
        }
        return List.of(Directive.block(
                "server",
                List.of(),
                List.of(
                        Directive.of("listen", String.valueOf(route.port())),
                        Directive.of("server_name", route.rules().aliases().toArray(String[]::new)),
                        toHost(route))));
    }

    /** Sends a client to the same path of the route's own host, over TLS where it has that. */
    static Directive toHost(Route route) {
        boolean tls = route.tls() != null;
        int port = tls ? route.tls().port() : route.port();
        String suffix = port == (tls ? 443 : 80) ? "" : ":" + port;
        return Directive.withExpression(
                "return",
                List.of(String.valueOf(PERMANENT)),
                (tls ? "https://" : "http://") + route.host() + suffix + "$request_uri");
    }
}
