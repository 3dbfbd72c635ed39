package io.jenkins.plugins.shera.nginx.objects;

import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import java.util.List;

/**
 * What an object wants of nginx.
 *
 * @param weights requests with a certain header that go elsewhere, each of the owner of one of the routes
 */
public record Translation(List<IntendedRoute> routes, List<IntendedWeight> weights) {

    /** Copies the lists. */
    public Translation {
        routes = List.copyOf(routes);
        weights = List.copyOf(weights);
    }
}
