package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An image that was built and is not pushed yet. */
public final class BuiltImage {
    private final ImagePush push;
    private final ImageConfig config;
    private final Map<Digest, LayerWriter> writers;
    private BaseImage base = BaseImage.UNKNOWN;

    /** Takes the layers, in the order of the configuration. */
    public BuiltImage(ImagePush push, ImageConfig config) {
        this(push, config, Map.of());
    }

    /** Knows of some layers, by their digests, which files they are packed from. */
    BuiltImage(ImagePush push, ImageConfig config, Map<Digest, LayerWriter> writers) {
        this.writers = Map.copyOf(writers);
        this.push = push;
        this.config = config;
        // Builders differ in whether they write down where a container starts anyway.
        if (config.workingDir().equals("/")) {
            config.container().remove("WorkingDir");
        }
    }

    /** Says what it is built on; false, and nothing is said, where its layers are not on that one's. */
    public boolean on(BaseImage below) {
        boolean fits = below.isBelow(config);
        base = fits ? below : BaseImage.UNKNOWN;
        return fits;
    }

    /** What it is built on, as far as it was said. */
    public BaseImage base() {
        return base;
    }

    /**
     * Takes away every label of ours that came from the Dockerfile or the base image, then writes ours; those that name the base image are ours,
     * too, whoever wrote them before.
     */
    public void label(Map<String, String> ours) {
        Map<String, String> labels = ImageLabels.withoutOurs(config.labels());
        labels.putAll(ours);
        labels.keySet().removeAll(List.of(BaseImage.NAME_LABEL, BaseImage.DIGEST_LABEL));
        labels.putAll(base.labels());
        config.labels(labels);
    }

    /** The image's configuration as it will be pushed. */
    public ImageConfig config() {
        return config.copy();
    }

    /** The manifest as it will be pushed. */
    public Manifest manifest() {
        return push.manifest(config);
    }

    /** Brings the image there under all tags; an image that is there is not sent again. */
    public Manifest pushTo(ImageTarget target, List<String> tags) throws IOException {
        return push.to(target, tags, config);
    }

    /** The SBOM of the image as it was pushed. */
    public byte[] sbom(SbomMaker maker) throws IOException {
        return maker.write(push, manifest(), writers);
    }

    /** Bytes that {@link #pushTo} had to send. */
    public long bytesSent() {
        return push.bytesSent();
    }
}
