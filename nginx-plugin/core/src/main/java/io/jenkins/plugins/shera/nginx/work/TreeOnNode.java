package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.imports.ConfigTree;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.TreeReader;
import java.io.IOException;
import java.io.Serializable;

/** Reads the {@code nginx.conf} of a node and what it includes, but for our own files and what holds keys. */
public record TreeOnNode() implements NodeWork<TreeOnNode.Found> {
    /**
     * What was found.
     *
     * @param ours absolute folder of ours on that node
     */
    public record Found(ConfigTree tree, String ours) implements Serializable {}

    @Override
    public Found on(NginxInstallation installation) throws IOException {
        return new Found(
                TreeReader.read(installation),
                installation.folder().toAbsolutePath().normalize().toString());
    }
}
