package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Asks the nginx program for its version. */
public record NodeVersion() implements NodeWork<String> {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Override
    public String on(NginxInstallation nginx) throws IOException, InterruptedException {
        if (!Files.isReadable(nginx.mainConfig())) {
            throw new IOException(nginx.mainConfig() + " cannot be read on this machine: check the path in the settings"
                    + " of the node, and who may read it.");
        }
        Command.Result said = Command.run(
                List.of(nginx.binary().toString(), "-v"), nginx.folder().getRoot(), LIMIT);
        if (!said.succeeded()) {
            throw new IOException(nginx.binary() + " -v ended with " + said.exitCode() + ": "
                    + said.output().strip());
        }
        return said.output().strip().replaceFirst("^nginx version: ", "");
    }
}
