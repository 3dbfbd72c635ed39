package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;

/** The owner's route; null where there is none. */
public record RouteOnNode(RouteOwner owner) implements NodeWork<Route> {
    @Override
    public Route on(NginxInstallation nginx) throws IOException {
        return new NginxNode(nginx).routes().of(owner).orElse(null);
    }
}
