package io.jenkins.plugins.shera.nginx.drift;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;

/** Compares the nginx on the machine it runs on with what was last put there; changes nothing. */
final class LookOnNode extends MasterToSlaveCallable<LookOnNode.Seen, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;

    /**
     * What was seen.
     *
     * @param touched whose routes the changes name
     */
    record Seen(NodeDrift drift, List<RouteOwner> touched) implements Serializable {
        Seen {
            touched = new ArrayList<>(touched);
        }
    }

    LookOnNode(NginxNodeSettings node) {
        this.node = node;
    }

    @Override
    public Seen call() throws IOException {
        NginxNode nginx = new NginxNode(NodeAccess.installation(node));
        try {
            NodeDrift drift = nginx.drift();
            return new Seen(drift, nginx.touched(drift));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was read back", e);
        }
    }
}
