package io.jenkins.plugins.shera.build.steps;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code buildImage} returns: the image as it stands in the registry. */
public final class ImageResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String tag;
    private final String digest;
    private final String commit;
    private final long size;
    private final ImageResult debug;

    ImageResult(String name, String tag, String digest, String commit, long size) {
        this(name, tag, digest, commit, size, null);
    }

    private ImageResult(String name, String tag, String digest, String commit, long size, ImageResult debug) {
        this.name = name;
        this.tag = tag;
        this.digest = digest;
        this.commit = commit;
        this.size = size;
        this.debug = debug;
    }

    /** The same, with the variant that has debug tools. */
    ImageResult with(ImageResult variant) {
        return new ImageResult(name, tag, digest, commit, size, variant);
    }

    /** The same image with debug tools on top; null when none were asked for. */
    @Whitelisted
    public ImageResult getDebug() {
        return debug;
    }

    /** Registry and repository, as clusters pull it. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** The first of the tags. */
    @Whitelisted
    public String getTag() {
        return tag;
    }

    /** Digest of the image, {@code sha256:...}. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** Name and digest: never means another image. */
    @Whitelisted
    public String getReference() {
        return name + "@" + digest;
    }

    /** The commit it was built from; empty when the workspace is under no version control. */
    @Whitelisted
    public String getCommit() {
        return commit;
    }

    /** Bytes in the registry: manifest, configuration and packed layers. */
    @Whitelisted
    public long getSize() {
        return size;
    }

    @Whitelisted
    @Override
    public String toString() {
        return getReference();
    }
}
