package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Publishes a route on the machine it runs on, and tells what its owner had there before. */
final class PublishOnNode extends MasterToSlaveCallable<PublishedOnNode, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final Route route;

    PublishOnNode(NginxNodeSettings node, Route route) {
        this.node = node;
        this.route = route;
    }

    @Override
    public PublishedOnNode call() throws IOException {
        try {
            NginxNode nginx = NodeAccess.node(node);
            Route before = nginx.routes().of(route.owner()).orElse(null);
            return new PublishedOnNode(nginx.publish(route).generation(), before);
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }
}
