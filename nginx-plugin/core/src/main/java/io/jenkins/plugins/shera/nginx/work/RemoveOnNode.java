package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;

/** Takes an owner's route away with its share, and tells both as they were; where one of both is refused, both are there as before. */
public record RemoveOnNode(RouteOwner owner) implements NodeWork<RemovedOnNode> {
    @Override
    public RemovedOnNode on(NginxInstallation installation)
            throws IOException, InterruptedException, InvalidRouteException {
        NginxNode nginx = new NginxNode(installation);
        Route route = nginx.routes().of(owner).orElse(null);
        Weight weight = nginx.weights().of(owner).orElse(null);
        if (route == null && weight == null) {
            return new RemovedOnNode(0, null, null);
        }
        // First, so that hands' edits in it refuse before anything changed; without a route its share is of no effect.
        long generation = nginx.remove(owner).generation();
        try {
            nginx.unweigh(owner);
        } catch (IOException | InterruptedException e) {
            new BringBackOnNode(new RemovedOnNode(generation, route, null)).on(installation);
            throw e;
        }
        return new RemovedOnNode(generation, route, weight);
    }
}
