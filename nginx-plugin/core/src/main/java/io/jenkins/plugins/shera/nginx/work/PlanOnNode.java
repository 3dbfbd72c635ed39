package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.render.Region;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** Tells what publishing a route would make of its tenant's part of the routes' file; nothing is changed. */
public record PlanOnNode(Route route) implements NodeWork<PlanOnNode.Planned> {
    /**
     * The tenant's part of what is generated, secrets masked.
     *
     * @param before of the routes that lie there
     * @param after with the route
     */
    public record Planned(String before, String after) implements Serializable {}

    @Override
    public Planned on(NginxInstallation installation) throws IOException, InterruptedException, InvalidRouteException {
        NginxNode nginx = new NginxNode(installation);
        return new Planned(shown(nginx, nginx.routes()), shown(nginx, nginx.planned(route)));
    }

    private String shown(NginxNode nginx, RouteSet routes) {
        byte[] text = nginx.generated(routes).getBytes(StandardCharsets.UTF_8);
        return Region.of(route.owner().tenant(), routes)
                .show(RouteFiles.PROOF, text)
                .orElse("");
    }
}
