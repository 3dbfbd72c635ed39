package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Compares an nginx with what was last put there; changes nothing. */
public record LookOnNode() implements NodeWork<LookOnNode.Seen> {
    /**
     * What was seen.
     *
     * @param touched whose routes the changes name
     */
    public record Seen(NodeDrift drift, List<RouteOwner> touched) implements Serializable {
        /** Copies the list into one that travels. */
        public Seen {
            touched = new ArrayList<>(touched);
        }
    }

    @Override
    public Seen on(NginxInstallation installation) throws IOException, InterruptedException {
        NginxNode nginx = new NginxNode(installation);
        NodeDrift drift = nginx.drift();
        return new Seen(drift, nginx.touched(drift));
    }
}
