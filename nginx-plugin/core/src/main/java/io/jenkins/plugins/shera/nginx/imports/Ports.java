package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who answers for hosts that nobody named, at each port of a tree. */
final class Ports {
    private final Map<Integer, Statement> fallbacks = new HashMap<>();
    private final Set<Integer> ofRoutes = new HashSet<>();

    /**
     * Of these servers, in the order in which nginx reads them.
     *
     * @param published routes, at whose ports unknown hosts are answered 404 already
     */
    Ports(List<Statement> servers, RouteSet published) {
        Set<Integer> said = new HashSet<>();
        for (Statement server : servers) {
            for (Listen listen : Listen.all(server)) {
                if (listen.every()
                        && (listen.fallback() && said.add(listen.port()) || !fallbacks.containsKey(listen.port()))) {
                    fallbacks.put(listen.port(), server);
                }
            }
        }
        published.routes().forEach(route -> {
            ofRoutes.add(route.port());
            if (route.tls() != null) {
                ofRoutes.add(route.tls().port());
            }
        });
    }

    /** The server that answers at this port for unknown hosts now; null where there is none. */
    Statement fallback(int port) {
        return fallbacks.get(port);
    }

    /** Whether published routes are served at this port. */
    boolean isOfRoutes(int port) {
        return ofRoutes.contains(port);
    }

    /** Whether this server says that it answers for unknown hosts at a port where routes do, or will. */
    static boolean claims(Statement server, Set<Integer> ports) {
        return Listen.all(server).stream()
                .anyMatch(listen -> listen.fallback() && listen.every() && ports.contains(listen.port()));
    }
}
