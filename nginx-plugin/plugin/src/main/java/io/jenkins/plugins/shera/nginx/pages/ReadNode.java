package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NodeReader;
import io.jenkins.plugins.shera.nginx.node.NodeReading;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Reads the nginx on the machine it runs on for one reader. */
final class ReadNode extends MasterToSlaveCallable<NodeReading, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final String tenant;

    /** Null reads everything. */
    ReadNode(NginxNodeSettings node, String tenant) {
        this.node = node;
        this.tenant = tenant;
    }

    @Override
    public NodeReading call() throws IOException {
        try {
            return new NodeReader(NodeAccess.installation(node)).read(tenant);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was read", e);
        }
    }
}
