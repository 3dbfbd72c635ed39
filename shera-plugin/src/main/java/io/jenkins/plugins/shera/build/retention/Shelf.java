package io.jenkins.plugins.shera.build.retention;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.statement.Attachments;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A repository as it was read at one moment: what each tag stands for, and what hangs on an image. */
public final class Shelf {
    private static final Pattern ATTACHMENT = Pattern.compile("sha(256-[0-9a-f]{64}|512-[0-9a-f]{128})(\\..*)?");
    private static final int MOST_TAGS = 10_000;

    private final ImageTarget target;
    private final Map<String, Digest> tags;
    private final Map<Digest, List<Digest>> children = new TreeMap<>();

    private Shelf(ImageTarget target, Map<String, Digest> tags) {
        this.target = target;
        this.tags = tags;
    }

    /** Asks the registry for every tag; where there are more than it can be asked for, nothing may be decided. */
    public static Shelf read(ImageTarget target) throws IOException {
        Map<String, Digest> tags = new TreeMap<>();
        List<String> all = target.tags();
        if (all.size() >= MOST_TAGS) {
            throw new IOException(target.name() + " has " + MOST_TAGS
                    + " tags or more, too many to tell what needs an image. Delete some of them by hand first.");
        }
        for (String tag : all) {
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
        List<Digest> known = children.get(image);
        if (known == null) {
            RawManifest raw = target.manifest(image.toString());
            known = raw.isIndex() ? listed(raw) : List.of();
            children.put(image, known);
        }
        return known;
    }

    /** What every index with a tag lists, whoever pushed it; what hangs on an image is no index of images. */
    Map<Digest, List<Digest>> indexes() throws IOException {
        Map<Digest, List<Digest>> indexes = new LinkedHashMap<>();
        for (Map.Entry<String, Digest> entry : tags.entrySet()) {
            boolean hangs = ATTACHMENT.matcher(entry.getKey()).matches();
            if (!hangs && !indexes.containsKey(entry.getValue())) {
                indexes.put(entry.getValue(), children(entry.getValue()));
            }
        }
        return indexes;
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
