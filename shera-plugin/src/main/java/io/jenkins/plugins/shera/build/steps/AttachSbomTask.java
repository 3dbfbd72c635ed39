package io.jenkins.plugins.shera.build.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.sbom.SbomShelf;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Puts an SBOM, signed on the controller, beside its image; from the agent, which is known to reach the registry. */
final class AttachSbomTask extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;

    private final Destination destination;
    private final String image;
    private final MadeSbom sbom;
    private final byte[] envelope;

    AttachSbomTask(Destination destination, String image, MadeSbom sbom, byte[] envelope) {
        this.destination = destination;
        this.image = image;
        this.sbom = sbom;
        this.envelope = envelope.clone();
    }

    @Override
    public Void invoke(File workspace, VirtualChannel channel) throws IOException {
        try {
            new SbomShelf(destination.repository(image)).put(Digest.parse(sbom.image()), sbom.content(), envelope);
        } catch (IOException e) {
            throw new IOException(
                    "The image is pushed, but its SBOM cannot be put beside it: " + e.getMessage()
                            + " Where a registry takes images only, build with sbom: false.",
                    e);
        }
        return null;
    }
}
