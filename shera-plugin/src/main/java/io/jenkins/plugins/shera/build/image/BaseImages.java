package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import java.io.IOException;

/** Where the images come from that a Dockerfile names. */
@FunctionalInterface
public interface BaseImages {
    /** Reads manifest and configuration, no layer. */
    Image find(ImageReference reference, Platform platform) throws IOException;
}
