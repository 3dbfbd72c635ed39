package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** The owner's route on the machine it runs on; null where there is none. */
final class RouteOnNode extends MasterToSlaveCallable<Route, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final RouteOwner owner;

    RouteOnNode(NginxNodeSettings node, RouteOwner owner) {
        this.node = node;
        this.owner = owner;
    }

    @Override
    public Route call() throws IOException {
        return NodeAccess.node(node).routes().of(owner).orElse(null);
    }
}
