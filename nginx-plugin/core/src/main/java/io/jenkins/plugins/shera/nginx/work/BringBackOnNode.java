package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.StaleWeightException;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;

/** Puts a route that was taken away there again, with its share. */
public record BringBackOnNode(RemovedOnNode removed) implements NodeWork<Void> {
    @Override
    public Void on(NginxInstallation installation) throws IOException, InterruptedException, InvalidRouteException {
        NginxNode nginx = new NginxNode(installation);
        Route route = removed.route();
        if (route == null) {
            // A share of no route has no effect, and is not taken by a node.
            return null;
        }
        nginx.publish(route.rules() == null ? route.ruled(RouteRules.NONE) : route);
        if (removed.weight() != null) {
            try {
                nginx.weigh(removed.weight());
            } catch (StaleWeightException e) {
                // A later rollout has set its own meanwhile, which stays.
                return null;
            }
        }
        return null;
    }
}
