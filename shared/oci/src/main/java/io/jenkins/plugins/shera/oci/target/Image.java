package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.ImageIndex;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;

/** An image that is somewhere: its manifest and configuration were read, its layers were not. */
public final class Image {
    private static final int LARGEST_CONFIG = 8 * 1024 * 1024;

    private final ImageTarget home;
    private final Digest named;
    private final Manifest manifest;
    private final ImageConfig config;

    private Image(ImageTarget home, Digest named, Manifest manifest, ImageConfig config) {
        this.home = home;
        this.named = named;
        this.manifest = manifest;
        this.config = config;
    }

    /** Reads the image; of an index, the one for the platform. */
    public static Image read(ImageTarget home, String tagOrDigest, Platform platform) throws IOException {
        return read(home, tagOrDigest, platform, home::openBlob);
    }

    /** The same; its configuration is read where it is remembered. */
    public static Image read(ImageTarget home, String tagOrDigest, Platform platform, KnownConfigs known)
            throws IOException {
        return read(home, tagOrDigest, platform, blob -> known.open(home, blob));
    }

    private interface Blobs {
        InputStream open(Descriptor blob) throws IOException;
    }

    private static Image read(ImageTarget home, String tagOrDigest, Platform platform, Blobs blobs) throws IOException {
        RawManifest raw = home.manifest(tagOrDigest);
        Digest named = raw.digest();
        if (raw.isIndex()) {
            raw = home.manifest(ImageIndex.read(raw).select(platform).digest().toString());
        }
        Manifest manifest = Manifest.read(raw);
        if (manifest.config().size() > LARGEST_CONFIG) {
            throw new IOException("The configuration of " + home.name() + "@" + raw.digest() + " is larger than "
                    + LARGEST_CONFIG + " bytes.");
        }
        ImageConfig config;
        try (InputStream in = blobs.open(manifest.config())) {
            config = ImageConfig.read(in.readAllBytes());
        }
        if (config.diffIds().size() != manifest.layers().size()) {
            throw new IOException("The image " + home.name() + "@" + raw.digest() + " has "
                    + manifest.layers().size() + " layers, its configuration speaks of "
                    + config.diffIds().size() + ".");
        }
        return new Image(home, named, manifest, config);
    }

    /** Where the image is. */
    public ImageTarget home() {
        return home;
    }

    /** The digest of what was asked for: of the index, where one stands for images of several platforms. */
    public Digest named() {
        return named;
    }

    /** Its manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /** A copy of its configuration. */
    public ImageConfig config() {
        return config.copy();
    }
}
