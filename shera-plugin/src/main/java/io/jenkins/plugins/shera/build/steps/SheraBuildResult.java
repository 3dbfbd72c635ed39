package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code sheraBuild} returns: the image as it stands in the registry, and the quality its label states. */
public final class SheraBuildResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ImageResult image;
    private final QualityVerdict quality;

    SheraBuildResult(ImageResult image, QualityVerdict quality) {
        this.image = image;
        this.quality = quality;
    }

    /** The image. */
    @Whitelisted
    public ImageResult getImage() {
        return image;
    }

    /** The quality. */
    @Whitelisted
    public QualityVerdict getQuality() {
        return quality;
    }

    /** Name and digest of the image. */
    @Whitelisted
    public String getReference() {
        return image.getReference();
    }

    /** Digest of the image. */
    @Whitelisted
    public String getDigest() {
        return image.getDigest();
    }

    /** The first of its tags. */
    @Whitelisted
    public String getTag() {
        return image.getTag();
    }

    /** The commit it was built from, or empty. */
    @Whitelisted
    public String getCommit() {
        return image.getCommit();
    }

    /** What its label says of the gate. */
    @Whitelisted
    public String getGate() {
        return quality.getGate();
    }

    @Whitelisted
    @Override
    public String toString() {
        return getReference();
    }
}
