package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import java.util.List;

/** Publishes a route, and tells what its owner had there before. */
public record PublishOnNode(Publishing publishing) implements NodeWork<PublishedOnNode> {
    @Override
    public PublishedOnNode on(NginxInstallation installation)
            throws IOException, InterruptedException, InvalidRouteException {
        Route route = publishing.route();
        NginxNode nginx = new NginxNode(installation);
        RouteSet routes = nginx.routes();
        Route before = routes.of(route.owner()).orElse(null);
        List<Route> beside = routes.routes().stream()
                .filter(one -> one.host().equals(route.host())
                        && one.tls() != null
                        && !one.owner().equals(route.owner()))
                .toList();
        return new PublishedOnNode(
                nginx.publish(route, publishing.certificates(), publishing.people())
                        .generation(),
                before,
                beside);
    }
}
