package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.WeightReading;
import java.io.IOException;

/** Reads back how a route's traffic is split. */
public record ReadWeightOnNode(RouteOwner owner) implements NodeWork<WeightReading> {
    @Override
    public WeightReading on(NginxInstallation nginx) throws IOException, InterruptedException {
        return new NginxNode(nginx).weightOf(owner);
    }
}
