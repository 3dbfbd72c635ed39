package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Publishes a route on the machine it runs on, and gives the generation that is in force then. */
final class PublishOnNode extends MasterToSlaveCallable<Long, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final Route route;

    PublishOnNode(NginxNodeSettings node, Route route) {
        this.node = node;
        this.route = route;
    }

    @Override
    public Long call() throws IOException {
        try {
            return NodeAccess.node(node).publish(route).generation();
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }
}
