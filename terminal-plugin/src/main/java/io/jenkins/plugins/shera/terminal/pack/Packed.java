package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.Digest;
import java.util.List;
import org.jvnet.localizer.Localizable;

/**
 * An image that was made by hand and pushed.
 *
 * @param repository where it is, with the registry
 * @param tag under which name
 * @param digest the image's own
 * @param layer digest of the one new layer
 * @param bytesSent what had to travel to the registry
 * @param masked what was masked or left out as a secret
 * @param dockerfile draft of a Dockerfile that makes the same of the origin
 * @param remarks what could not be brought along
 */
public record Packed(
        String repository,
        String tag,
        Digest digest,
        Digest layer,
        long bytesSent,
        List<SecretFinding> masked,
        String dockerfile,
        List<Localizable> remarks) {
    /** Keeps its own copy. */
    public Packed {
        remarks = List.copyOf(remarks);
    }

    /** By digest, as it is deployed. */
    public String reference() {
        return repository + "@" + digest;
    }
}
