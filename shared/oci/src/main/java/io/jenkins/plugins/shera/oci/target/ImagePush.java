package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.layer.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts an image together from layers that are in some repository already and layers at hand, and brings it to its place:
 * what is there is not sent, what another repository of the place has is taken over, and only the rest travels, a few blobs at a time.
 */
public final class ImagePush {
    /** Bytes that are sent about as fast as a registry is asked whether it has them. */
    private static final long SMALL = 2 << 20;

    private final List<Descriptor> layers = new ArrayList<>();
    private final Map<Digest, ImageTarget> elsewhere = new LinkedHashMap<>();
    private final Map<Digest, BlobSource> atHand = new LinkedHashMap<>();
    private final AtomicLong bytesSent = new AtomicLong();
    private volatile boolean fresh;

    /** Begins with the layers of an image; they are not read unless they must be copied to another registry. */
    public ImagePush on(Image base) {
        for (Descriptor layer : base.manifest().layers()) {
            layers.add(new Descriptor(ociType(layer.mediaType()), layer.digest(), layer.size()));
            elsewhere.put(layer.digest(), base.home());
        }
        return this;
    }

    /** Puts a layer on top. */
    public ImagePush add(Layer layer) {
        layers.add(layer.descriptor());
        atHand.put(layer.descriptor().digest(), layer.content());
        return this;
    }

    /**
     * Says that nobody can have this image yet, as when its configuration names the moment it was made: then a registry is asked neither for
     * it nor for small layers at hand, and what stood under the tags before is replaced.
     */
    public ImagePush fresh() {
        fresh = true;
        return this;
    }

    /** The manifest the image will have. */
    public Manifest manifest(ImageConfig config) {
        byte[] content = config.write();
        return Manifest.of(new Descriptor(MediaTypes.OCI_CONFIG, Digest.of(content), content.length), layers);
    }

    /**
     * Brings the image there under all tags; a tag that stands for it already is left alone. Which do is asked while the first blobs are
     * asked for, but nothing is sent before that is known.
     */
    public Manifest to(ImageTarget target, List<String> tags, ImageConfig config) throws IOException {
        Manifest manifest = manifest(config);
        TagsThere there = new TagsThere(target, fresh ? List.of() : names(tags, manifest.digest()), manifest.digest());
        List<AtOnce.Work> work = there.questions();
        Set<Digest> begun = new HashSet<>();
        // From the top, where what changed most often is.
        for (int i = layers.size() - 1; i >= 0; i--) {
            Descriptor layer = layers.get(i);
            if (begun.add(layer.digest())) {
                work.add(() -> bring(layer, target, there));
            }
        }
        work.add(() -> {
            // Hardly two images share one, and to ask for it would take longer than to send it.
            if (there.none()) {
                send(manifest.config(), BlobSource.of(config.write()), target);
            }
        });
        AtOnce.run(work);
        for (String tag : tags) {
            if (!there.has(tag)) {
                target.putManifest(tag, manifest.raw());
            }
        }
        return manifest;
    }

    private static List<String> names(List<String> tags, Digest image) {
        List<String> names = new ArrayList<>(tags);
        names.add(image.toString());
        return names;
    }

    /** The packed bytes of one of its layers, from here where they are at hand, else from where it is. */
    public InputStream open(Descriptor layer) throws IOException {
        BlobSource here = atHand.get(layer.digest());
        return here != null ? here.open() : elsewhere.get(layer.digest()).openBlob(layer);
    }

    private void bring(Descriptor layer, ImageTarget target, TagsThere there) throws IOException {
        BlobSource here = atHand.get(layer.digest());
        if (here == null && elsewhere.get(layer.digest()).name().equals(target.name())) {
            // What an image of this very place is made of is there; a registry where it is not refuses the manifest.
            return;
        }
        boolean isNew = fresh && here != null && layer.size() <= SMALL;
        if (there.any() || !isNew && target.hasBlob(layer.digest()) || !there.none()) {
            return;
        }
        if (here != null) {
            send(layer, here, target);
            return;
        }
        ImageTarget home = elsewhere.get(layer.digest());
        if (!target.mountBlob(layer, home)) {
            send(layer, () -> home.openBlob(layer), target);
        }
    }

    private void send(Descriptor blob, BlobSource content, ImageTarget target) throws IOException {
        target.sendBlob(blob, content);
        bytesSent.addAndGet(blob.size());
    }

    /** Bytes of blobs that had to travel. */
    public long bytesSent() {
        return bytesSent.get();
    }

    private static String ociType(String type) {
        return MediaTypes.DOCKER_LAYER_GZIP.equals(type) ? MediaTypes.OCI_LAYER_GZIP : type;
    }
}
