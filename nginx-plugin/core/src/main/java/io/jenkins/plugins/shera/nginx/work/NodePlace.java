package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** Where an nginx is on its machine, in a form that travels there; the same as {@link NginxInstallation}. */
public record NodePlace(String binary, String mainConfig, String folder, int versionPort, int streamPort)
        implements Serializable {
    /** For use on that machine. */
    public NginxInstallation installation() {
        return new NginxInstallation(Path.of(binary), Path.of(mainConfig), Path.of(folder), versionPort, streamPort);
    }

    /**
     * Does a work here, on the machine itself.
     *
     * @throws IOException for people, for whatever came in between
     */
    public <T> T run(NodeWork<T> work) throws IOException {
        try {
            return work.on(installation());
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was asked; what was in force before is in force", e);
        }
    }
}
