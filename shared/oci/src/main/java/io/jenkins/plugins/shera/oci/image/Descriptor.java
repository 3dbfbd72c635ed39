package io.jenkins.plugins.shera.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;

/** A pointer to content: what it is, its digest and its size in bytes. */
public final class Descriptor implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String mediaType;
    private final Digest digest;
    private final long size;

    /** Size in bytes. */
    public Descriptor(String mediaType, Digest digest, long size) {
        this.mediaType = mediaType;
        this.digest = digest;
        this.size = size;
    }

    static Descriptor read(JsonNode node, String where) throws IOException {
        String digest = node.path("digest").asText("");
        long size = node.path("size").asLong(-1);
        if (!Digest.isDigest(digest) || size < 0) {
            throw new IOException("The manifest is damaged: " + where + " has no valid digest and size.");
        }
        return new Descriptor(node.path("mediaType").asText(""), Digest.parse(digest), size);
    }

    ObjectNode write() {
        ObjectNode node = Json.object();
        node.put("mediaType", mediaType);
        node.put("digest", digest.toString());
        node.put("size", size);
        return node;
    }

    /** What the content is, one of {@link MediaTypes} or another. */
    public String mediaType() {
        return mediaType;
    }

    /** The content's name. */
    public Digest digest() {
        return digest;
    }

    /** Bytes of the content. */
    public long size() {
        return size;
    }

    @Override
    public String toString() {
        return digest + " (" + mediaType + ", " + size + " bytes)";
    }
}
