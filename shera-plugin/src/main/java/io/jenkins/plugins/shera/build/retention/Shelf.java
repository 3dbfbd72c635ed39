package io.jenkins.plugins.shera.build.retention;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.statement.Attachments;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A repository as it was read at one moment: what each tag stands for, and what hangs on an image. */
public final class Shelf {
    private final ImageTarget target;
    private final Map<String, Digest> tags;

    private Shelf(ImageTarget target, Map<String, Digest> tags) {
        this.target = target;
        this.tags = tags;
    }

    /** Asks the registry for every tag. */
    public static Shelf read(ImageTarget target) throws IOException {
        Map<String, Digest> tags = new TreeMap<>();
        for (String tag : target.tags()) {
            target.resolve(tag).ifPresent(digest -> tags.put(tag, digest));
        }
        return new Shelf(target, tags);
    }

    /** Whether the image is there, by its digest. */
    public boolean has(Digest image) throws IOException {
        return tags.containsValue(image) || target.resolve(image.toString()).isPresent();
    }

    /** The tags that stand for it, sorted. */
    public List<String> tagsOf(Digest image) {
        return tags.entrySet().stream()
                .filter(entry -> entry.getValue().equals(image))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The images that an index lists; none for an image of one platform. */
    public List<Digest> children(Digest image) throws IOException {
        RawManifest raw = target.manifest(image.toString());
        return raw.isIndex() ? listed(raw) : List.of();
    }

    /** The manifests that hang on it: those under cosign's tags, and those of the specification's fallback index. */
    public Set<Digest> attachments(Digest image) throws IOException {
        String prefix = Attachments.fallbackTag(image);
        Set<Digest> found = new LinkedHashSet<>();
        for (Map.Entry<String, Digest> entry : tags.entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                RawManifest raw = target.manifest(entry.getValue().toString());
                if (raw.isIndex()) {
                    found.addAll(listed(raw));
                }
                found.add(entry.getValue());
            }
        }
        return found;
    }

    /** Gives an image that nothing but its digest names a tag, so that no collector of untagged ones takes it. */
    void hold(Digest image) throws IOException {
        String tag = "kept-" + image.shortHex();
        boolean named = false;
        for (String one : tagsOf(image)) {
            // A tag may have moved on since all were read.
            named = named || target.resolve(one).equals(Optional.of(image));
        }
        if (!named) {
            target.putManifest(tag, target.manifest(image.toString()));
            tags.put(tag, image);
        }
    }

    /** Takes it away with all its tags. */
    void delete(Digest manifest) throws IOException {
        target.delete(manifest);
        tags.values().removeIf(manifest::equals);
    }

    private static List<Digest> listed(RawManifest raw) throws IOException {
        List<Digest> listed = new ArrayList<>();
        for (var node : Json.read(raw.content(), "image index").path("manifests")) {
            String digest = node.path("digest").asText("");
            if (Digest.isDigest(digest)) {
                listed.add(Digest.parse(digest));
            }
        }
        return listed;
    }
}
