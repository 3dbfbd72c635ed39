package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Gives an owner back what it had on the machine this runs on, or nothing. */
final class RestoreOnNode extends MasterToSlaveCallable<Void, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final RouteOwner owner;
    private final Route before;

    RestoreOnNode(NginxNodeSettings node, RouteOwner owner, Route before) {
        this.node = node;
        this.owner = owner;
        this.before = before;
    }

    @Override
    public Void call() throws IOException {
        try {
            if (before == null) {
                NodeAccess.node(node).remove(owner);
            } else {
                NodeAccess.node(node).publish(before);
            }
            return null;
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the earlier route was put back", e);
        }
    }
}
