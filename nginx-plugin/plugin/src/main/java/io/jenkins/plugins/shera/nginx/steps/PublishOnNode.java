package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;

/** Publishes a route on the machine it runs on, and tells what its owner had there before. */
final class PublishOnNode extends MasterToSlaveCallable<PublishedOnNode, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final Publishing publishing;

    PublishOnNode(NginxNodeSettings node, Publishing publishing) {
        this.node = node;
        this.publishing = publishing;
    }

    @Override
    public PublishedOnNode call() throws IOException {
        try {
            Route route = publishing.route();
            NginxNode nginx = NodeAccess.node(node);
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
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }
}
