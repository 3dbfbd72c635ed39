package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Gives an owner back what it had on the machine this runs on, or nothing, and routes beside it what they showed. */
final class RestoreOnNode extends MasterToSlaveCallable<Void, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final RouteOwner owner;
    private final PublishedOnNode published;

    RestoreOnNode(NginxNodeSettings node, RouteOwner owner, PublishedOnNode published) {
        this.node = node;
        this.owner = owner;
        this.published = published;
    }

    @Override
    public Void call() throws IOException {
        try {
            NginxNode nginx = NodeAccess.node(node);
            if (published.before() == null) {
                nginx.remove(owner);
            } else {
                // Without rules it would keep those that are being taken back.
                Route before = published.before();
                nginx.publish(before.rules() == null ? before.ruled(RouteRules.NONE) : before);
            }
            for (Route beside : published.beside()) {
                nginx.publish(beside);
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
