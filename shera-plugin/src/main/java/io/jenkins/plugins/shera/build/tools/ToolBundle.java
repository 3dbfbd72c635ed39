package io.jenkins.plugins.shera.build.tools;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.Serializable;
import java.util.regex.Pattern;

/** A bundle of debug tools: a name, and the image that holds it, pinned by digest so that it never changes unseen. */
public final class ToolBundle implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private final String name;
    private final ImageReference image;

    private ToolBundle(String name, ImageReference image) {
        this.name = name;
        this.image = image;
    }

    /**
     * Takes a name, a DNS label, and {@code registry/repository@sha256:...}; anything else is refused with an
     * {@link IllegalArgumentException}.
     */
    public static ToolBundle of(String name, String image) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Quoted.of(name)
                    + " is no name of a tool bundle: it is lower-case letters, digits and dashes, as redis-client.");
        }
        ImageReference reference = ImageReference.parse(image);
        if (reference.digest().isEmpty()
                || reference.tag().isPresent()
                || reference.domain().isEmpty()) {
            throw new IllegalArgumentException("The tool bundle " + name + " is " + Quoted.of(image)
                    + ": name its registry and pin it by digest alone, as registry.example.com/tools/jq@sha256:...,"
                    + " since a tag can be moved.");
        }
        return new ToolBundle(name, reference);
    }

    /** What it is called in logs and labels. */
    public String name() {
        return name;
    }

    /** Where it is. */
    public ImageReference image() {
        return image;
    }

    /** Which it is. */
    public Digest digest() {
        return image.digest().orElseThrow();
    }

    /** As the label of an image lists it, {@code name@sha256:...}. */
    @Override
    public String toString() {
        return name + "@" + digest();
    }
}
