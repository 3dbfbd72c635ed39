package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import java.time.Instant;

/**
 * A running container of a docker engine and where it came from.
 *
 * @param pod {@code docker:} and the id of the engine
 * @param of the container as its engine knows it
 * @param image by digest, in a registry of the tenant
 */
public record EngineOrigin(String pod, EngineContainer of, ImageReference image) implements Origin {

    @Override
    public String namespace() {
        return "";
    }

    @Override
    public String container() {
        return of.name();
    }

    @Override
    public Instant started() {
        return of.started();
    }

    @Override
    public String mark() {
        return of.mark();
    }

    @Override
    public String where() {
        return pod + "/" + of.name();
    }
}
