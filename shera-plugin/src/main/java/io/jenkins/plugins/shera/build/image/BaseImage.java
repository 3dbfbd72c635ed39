package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.target.Image;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The image that the last stage of a Dockerfile builds on, as the annotations of OCI name it (image-spec, annotations.md). */
public final class BaseImage implements Serializable {
    /** The label with its name, complete with registry and tag or digest. */
    public static final String NAME_LABEL = "org.opencontainers.image.base.name";
    /** The label with the digest of what the name stood for. */
    public static final String DIGEST_LABEL = "org.opencontainers.image.base.digest";
    /** No image at all: {@code FROM scratch}. */
    public static final BaseImage SCRATCH = new BaseImage("scratch", "", List.of());
    /** Nobody could tell. */
    public static final BaseImage UNKNOWN = new BaseImage("", "", List.of());

    private static final long serialVersionUID = 1L;
    private static final String HUB = "docker.io";
    private static final Set<String> HUB_NAMES = Set.of(HUB, "index.docker.io");

    private final String name;
    private final String digest;
    private final ArrayList<String> layers = new ArrayList<>();

    private BaseImage(String name, String digest, List<Digest> layers) {
        this.name = name;
        this.digest = digest;
        layers.forEach(layer -> this.layers.add(layer.toString()));
    }

    static BaseImage of(ImageReference reference, Image image) {
        return new BaseImage(
                complete(reference), image.named().toString(), image.config().diffIds());
    }

    private static String complete(ImageReference reference) {
        String host = reference.domain().orElse(HUB);
        boolean hub = HUB_NAMES.contains(host);
        boolean official = hub && reference.repository().indexOf('/') < 0;
        boolean pinned = reference.digest().isPresent();
        return (hub ? HUB : host) + "/" + (official ? "library/" : "") + reference.repository()
                + reference.tag().map(tag -> ":" + tag).orElse(pinned ? "" : ":latest")
                + reference.digest().map(pin -> "@" + pin).orElse("");
    }

    /** Whether the image's lowest layers are this one's. */
    boolean isBelow(ImageConfig config) {
        List<String> all = config.diffIds().stream().map(Digest::toString).toList();
        return all.size() >= layers.size() && all.subList(0, layers.size()).equals(layers);
    }

    /** The labels that name it; none for no image and for one that is not known. */
    Map<String, String> labels() {
        return digest.isEmpty() ? Map.of() : Map.of(NAME_LABEL, name, DIGEST_LABEL, digest);
    }

    /** Complete with registry and tag or digest; {@code scratch} for none, empty when it is not known. */
    public String name() {
        return name;
    }

    /** Of what the name stood for, an index or a manifest; empty when there is none. */
    public String digest() {
        return digest;
    }

    /** Whether both mean the same image. */
    public boolean isSame(BaseImage other) {
        return name.equals(other.name) && digest.equals(other.digest);
    }
}
