package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.Route;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node shows of one certificate.
 *
 * @param routes that show it, in any version
 * @param generation of the routes in force
 */
public record ShownCertificate(List<Route> routes, long generation) implements Serializable {
    /** Copies the lists into such that travel. */
    public ShownCertificate {
        routes = new ArrayList<>(routes);
    }

    /** Whether every route of it shows this version; also where there is none. */
    public boolean isAll(String version) {
        return routes.stream().allMatch(route -> route.tls().version().equals(version));
    }
}
