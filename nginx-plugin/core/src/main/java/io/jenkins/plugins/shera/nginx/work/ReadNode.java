package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NodeReader;
import io.jenkins.plugins.shera.nginx.node.NodeReading;
import java.io.IOException;

/**
 * Reads an nginx for one reader.
 *
 * @param tenant null reads everything
 */
public record ReadNode(String tenant) implements NodeWork<NodeReading> {
    @Override
    public NodeReading on(NginxInstallation nginx) throws IOException, InterruptedException {
        return new NodeReader(nginx).read(tenant);
    }
}
