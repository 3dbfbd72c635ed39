package io.jenkins.plugins.shera.oci.image;

import java.io.IOException;

/** A manifest or an index as a registry keeps it: the bytes count, not their meaning. */
public final class RawManifest {
    private final String mediaType;
    private final byte[] content;
    private final Digest digest;

    private RawManifest(String mediaType, byte[] content) {
        this.mediaType = mediaType;
        this.content = content;
        this.digest = Digest.of(content);
    }

    /** Takes the bytes as they are. */
    public static RawManifest of(String mediaType, byte[] content) {
        return new RawManifest(mediaType, content.clone());
    }

    /** Takes bytes from outside; a type the sender did not name is read from the content. */
    public static RawManifest received(String mediaType, byte[] content) throws IOException {
        String type = mediaType == null ? "" : mediaType.split(";", 2)[0].trim();
        if (!MediaTypes.MANIFESTS.contains(type)) {
            var json = Json.read(content, "manifest");
            type = json.path("mediaType").asText("");
            if (type.isEmpty()) {
                type = json.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
            }
        }
        return of(type, content);
    }

    /** One of {@link MediaTypes#MANIFESTS}, or what the registry called it. */
    public String mediaType() {
        return mediaType;
    }

    /** A copy of the bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** SHA-256 of the bytes. */
    public Digest digest() {
        return digest;
    }

    /** Whether this lists one manifest for each platform. */
    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }
}
