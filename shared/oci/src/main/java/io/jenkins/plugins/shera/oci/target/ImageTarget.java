package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One repository of images, in a registry or in a folder on disk.
 *
 * <p>Calls block; they may come from any thread. An {@link IOException} says what failed, where, why, and what to do next.
 */
public interface ImageTarget {
    /** How messages call this place, e.g. {@code registry.example.org/shop/cart}. */
    String name();

    /** The repository's own name, e.g. {@code shop/cart}. */
    String repository();

    /** The digest a tag stands for now, or of a digest that is there; empty when it is not there. */
    Optional<Digest> resolve(String tagOrDigest) throws IOException;

    /** The manifest or index behind a tag or digest; a digest is verified. It is an error when it is not there. */
    RawManifest manifest(String tagOrDigest) throws IOException;

    /** Whether the blob is there. */
    boolean hasBlob(Digest digest) throws IOException;

    /** The blob's bytes; the stream fails at its end when they are not those the digest names. */
    InputStream openBlob(Descriptor blob) throws IOException;

    /** Stores the blob; what is there already is not sent. Says whether it was sent. */
    default boolean putBlob(Descriptor blob, BlobSource content) throws IOException {
        if (hasBlob(blob.digest())) {
            return false;
        }
        sendBlob(blob, content);
        return true;
    }

    /** Stores the blob without asking whether it is there; harmless when it is. */
    void sendBlob(Descriptor blob, BlobSource content) throws IOException;

    /** Takes the blob over from another repository of the same place without moving bytes; false when that is not to be had. */
    boolean mountBlob(Descriptor blob, ImageTarget from) throws IOException;

    /** Stores the manifest under the tag or digest; all it points to must be there. */
    void putManifest(String tagOrDigest, RawManifest manifest) throws IOException;

    /** The tags, sorted. */
    List<String> tags() throws IOException;

    /** Whether this place keeps the list of an image's referrers itself (OCI distribution 1.1). */
    default boolean listsReferrers(Digest image) throws IOException {
        return false;
    }

    /** Takes a manifest away, and every tag that stands for it. */
    void delete(Digest manifest) throws IOException;
}
