package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Reads the nginx on the machine it runs on back, after it put back what was last put there if that is asked for. */
final class DriftOnNode extends MasterToSlaveCallable<NodeDrift, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final String tenant;
    private final boolean overwrite;

    DriftOnNode(NginxNodeSettings node, String tenant, boolean overwrite) {
        this.node = node;
        this.tenant = tenant;
        this.overwrite = overwrite;
    }

    @Override
    public NodeDrift call() throws IOException {
        NginxNode nginx = NodeAccess.node(node);
        try {
            if (overwrite) {
                nginx.overwrite();
            }
            return nginx.driftFor(tenant);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was read back", e);
        }
    }
}
