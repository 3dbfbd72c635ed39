package io.jenkins.plugins.shera.build.steps;

import java.io.Serializable;

/** The SBOM of one image, on its way from the agent to be signed; or that one we signed stands beside the image already. */
final class MadeSbom implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final int components;
    private final byte[] content;

    /** The content is null when it stands there already. */
    MadeSbom(String image, int components, byte[] content) {
        this.image = image;
        this.components = components;
        this.content = content == null ? null : content.clone();
    }

    /** Digest of the image. */
    String image() {
        return image;
    }

    int components() {
        return components;
    }

    boolean isNew() {
        return content != null;
    }

    byte[] content() {
        return content.clone();
    }
}
