package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import java.util.ArrayList;

/** Every route that lies on a node. */
public record RoutesNowOnNode() implements NodeWork<ArrayList<Route>> {
    @Override
    public ArrayList<Route> on(NginxInstallation nginx) throws IOException {
        return new ArrayList<>(new NginxNode(nginx).routes().routes());
    }
}
