package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;

/** Gives an owner back what it had, or nothing, and routes beside it what they showed. */
public record RestoreOnNode(RouteOwner owner, PublishedOnNode published) implements NodeWork<Void> {
    @Override
    public Void on(NginxInstallation installation) throws IOException, InterruptedException, InvalidRouteException {
        NginxNode nginx = new NginxNode(installation);
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
    }
}
