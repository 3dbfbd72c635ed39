package io.jenkins.plugins.shera.oci.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts things beside an image in its repository: as OCI 1.1 referrers, and where the registry has no API for these, in the
 * index under the tag {@code sha256-<hex>} that the distribution specification names for that case.
 */
public final class Attachments {
    private static final int MOST_REFERRERS = 500;

    private final ImageTarget target;

    /** Of the images of this repository. */
    public Attachments(ImageTarget target) {
        this.target = target;
    }

    /** One file of an attachment. */
    public record Part(String mediaType, byte[] content, Map<String, String> annotations) {}

    /**
     * Attaches the parts.
     *
     * @param subject the image's manifest
     * @param artifactType what it is, a media type
     * @param config the bytes of the configuration the attachment's own manifest names
     * @param tag a tag under which old tools look for it
     */
    public RawManifest put(RawManifest subject, String artifactType, byte[] config, List<Part> parts, String tag)
            throws IOException {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_MANIFEST);
        json.put("artifactType", artifactType);
        json.set("config", blob(MediaTypes.OCI_CONFIG, config));
        ArrayNode layers = json.putArray("layers");
        for (Part part : parts) {
            ObjectNode layer = blob(part.mediaType(), part.content());
            if (!part.annotations().isEmpty()) {
                ObjectNode annotations = layer.putObject("annotations");
                new TreeMap<>(part.annotations()).forEach(annotations::put);
            }
            layers.add(layer);
        }
        json.set("subject", described(subject.mediaType(), subject.digest(), subject.content().length));
        RawManifest manifest = RawManifest.of(MediaTypes.OCI_MANIFEST, Json.write(json));
        target.putManifest(tag, manifest);
        if (!target.listsReferrers(subject.digest())) {
            list(subject.digest(), manifest, artifactType);
        }
        return manifest;
    }

    private ObjectNode blob(String mediaType, byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        target.putBlob(new Descriptor(mediaType, digest, content.length), BlobSource.of(content));
        return described(mediaType, digest, content.length);
    }

    /** An older manifest of the same kind gives way to the new one in the index. */
    private void list(Digest subject, RawManifest manifest, String artifactType) throws IOException {
        String tag = fallbackTag(subject);
        ObjectNode index = Json.object();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode all = index.putArray("manifests");
        if (target.resolve(tag).isPresent()) {
            for (JsonNode other : Json.read(target.manifest(tag).content(), "list of referrers")
                    .path("manifests")) {
                if (!artifactType.equals(other.path("artifactType").asText()) && all.size() < MOST_REFERRERS) {
                    all.add(other);
                }
            }
        }
        ObjectNode entry = described(manifest.mediaType(), manifest.digest(), manifest.content().length);
        entry.put("artifactType", artifactType);
        all.add(entry);
        target.putManifest(tag, RawManifest.of(MediaTypes.OCI_INDEX, Json.write(index)));
    }

    /** The tag of the specification's referrers fallback, {@code sha256-<hex>}. */
    public static String fallbackTag(Digest image) {
        return image.algorithm() + "-" + image.hex();
    }

    private static ObjectNode described(String mediaType, Digest digest, long size) {
        ObjectNode node = Json.object();
        node.put("mediaType", mediaType);
        node.put("digest", digest.toString());
        node.put("size", size);
        return node;
    }
}
