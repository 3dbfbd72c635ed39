package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.target.BlobSource;

/** A layer at hand: its name packed, its name unpacked, and its bytes. */
public final class Layer {
    private final Descriptor descriptor;
    private final Digest diffId;
    private final BlobSource content;

    /** The digest of the unpacked archive is what an image configuration lists. */
    public Layer(Descriptor descriptor, Digest diffId, BlobSource content) {
        this.descriptor = descriptor;
        this.diffId = diffId;
        this.content = content;
    }

    /** Type, digest and size of the packed layer. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** Digest of the unpacked archive. */
    public Digest diffId() {
        return diffId;
    }

    /** The packed bytes. */
    public BlobSource content() {
        return content;
    }
}
