package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.WeightReading;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Reads back how the nginx on the machine it runs on splits a route's traffic. */
final class ReadWeightOnNode extends MasterToSlaveCallable<WeightReading, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final RouteOwner owner;

    ReadWeightOnNode(NginxNodeSettings node, RouteOwner owner) {
        this.node = node;
        this.owner = owner;
    }

    @Override
    public WeightReading call() throws IOException {
        try {
            return NodeAccess.node(node).weightOf(owner);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the weight was read", e);
        }
    }
}
