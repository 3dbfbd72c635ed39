package io.jenkins.plugins.shera.oci.layout;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.VerifiedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * One repository in an OCI image layout (image-spec 1.1): {@code <root>/<repository>/{oci-layout,index.json,blobs}}.
 *
 * <p>Several threads and several JVMs may write at once: blobs appear by a rename, the index changes under a file lock.
 */
public final class OciLayout implements ImageTarget {
    private static final long LARGEST_MANIFEST = 4 * 1024 * 1024;

    private final Path root;
    private final String repository;
    private final Path folder;
    private final LayoutIndex index;

    /** The root holds a folder for each repository; it is made when something is put there. */
    public OciLayout(Path root, String repository) {
        this.root = root;
        this.repository = ImageReference.ofRepository(repository).repository();
        this.folder = root.resolve(this.repository);
        this.index = new LayoutIndex(folder);
    }

    @Override
    public String name() {
        return "oci:" + folder;
    }

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public Optional<Digest> resolve(String tagOrDigest) throws IOException {
        if (Digest.isDigest(tagOrDigest)) {
            Digest digest = Digest.parse(tagOrDigest);
            return hasBlob(digest) ? Optional.of(digest) : Optional.empty();
        }
        return index.find(ImageReference.checkTag(tagOrDigest)).map(Descriptor::digest);
    }

    @Override
    public RawManifest manifest(String tagOrDigest) throws IOException {
        Digest digest = resolve(tagOrDigest)
                .orElseThrow(
                        () -> new IOException("There is no " + tagOrDigest + " in " + name() + ": check the name."));
        Path file = blob(digest);
        if (Files.size(file) > LARGEST_MANIFEST) {
            throw new IOException("The manifest " + digest + " in " + name() + " is larger than a manifest may be.");
        }
        byte[] content = Files.readAllBytes(file);
        if (!digest.matches(digest.newHash().digest(content))) {
            throw new IOException("The manifest " + digest + " in " + name() + " is damaged: push that image anew.");
        }
        return RawManifest.received("", content);
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return Files.isRegularFile(blob(digest));
    }

    @Override
    public InputStream openBlob(Descriptor blob) throws IOException {
        if (!hasBlob(blob.digest())) {
            throw new IOException("There is no " + blob.digest() + " in " + name() + ": push that image anew.");
        }
        return new VerifiedStream(Files.newInputStream(blob(blob.digest())), blob, name());
    }

    @Override
    public void sendBlob(Descriptor blob, BlobSource content) throws IOException {
        Files.createDirectories(blobs(blob.digest()));
        Path part = Files.createTempFile(blobs(blob.digest()), ".part-", "");
        try {
            try (InputStream in = new VerifiedStream(content.open(), blob, "the builder");
                    OutputStream out = Files.newOutputStream(part)) {
                in.transferTo(out);
            }
            Files.move(part, blob(blob.digest()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public boolean mountBlob(Descriptor blob, ImageTarget from) throws IOException {
        if (!(from instanceof OciLayout other) || !other.root.equals(root) || !other.hasBlob(blob.digest())) {
            return false;
        }
        Files.createDirectories(blobs(blob.digest()));
        try {
            Files.createLink(blob(blob.digest()), other.blob(blob.digest()));
        } catch (FileAlreadyExistsException e) {
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
        return true;
    }

    @Override
    public void putManifest(String tagOrDigest, RawManifest manifest) throws IOException {
        byte[] content = manifest.content();
        Descriptor descriptor = new Descriptor(manifest.mediaType(), manifest.digest(), content.length);
        putBlob(descriptor, BlobSource.of(content));
        Path marker = folder.resolve("oci-layout");
        if (!Files.exists(marker)) {
            Files.write(marker, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        }
        index.put(Digest.isDigest(tagOrDigest) ? "" : ImageReference.checkTag(tagOrDigest), descriptor);
    }

    @Override
    public List<String> tags() throws IOException {
        return index.tags();
    }

    /** Takes the manifest out of the index and away; layers stay, as other images may use them. */
    @Override
    public void delete(Digest manifest) throws IOException {
        index.remove(manifest);
        Files.deleteIfExists(blob(manifest));
    }

    private Path blob(Digest digest) {
        return blobs(digest).resolve(digest.hex());
    }

    private Path blobs(Digest digest) {
        return folder.resolve("blobs").resolve(digest.algorithm());
    }

    @Override
    public String toString() {
        return name();
    }
}
