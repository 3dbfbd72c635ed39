package io.jenkins.plugins.shera.nginx.neighbours;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;

/** Asks the nginx program of a node for its version, on the machine it runs on. */
final class NodeVersion extends MasterToSlaveCallable<String, IOException> {
    private static final long serialVersionUID = 1L;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final NginxNodeSettings node;

    NodeVersion(NginxNodeSettings node) {
        this.node = node;
    }

    @Override
    public String call() throws IOException {
        NginxInstallation nginx = NodeAccess.installation(node);
        if (!Files.isReadable(nginx.mainConfig())) {
            throw new IOException(nginx.mainConfig() + " cannot be read on this machine: check the path in the settings"
                    + " of the node, and who may read it.");
        }
        try {
            Command.Result said = Command.run(
                    List.of(nginx.binary().toString(), "-v"), nginx.folder().getRoot(), LIMIT);
            if (!said.succeeded()) {
                throw new IOException(nginx.binary() + " -v ended with " + said.exitCode() + ": "
                        + said.output().strip());
            }
            return said.output().strip().replaceFirst("^nginx version: ", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was asked", e);
        }
    }
}
