package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects files and writes them as one packed layer: sorted by name, one time for all, so that the same files give the same bytes.
 *
 * <p>Nothing is read before {@link #write}. A name added twice keeps what was added last.
 */
public final class LayerWriter {
    /** So many builds may run at once that what each keeps in memory has to be little. */
    private static final int MOST_KEPT = 4 << 20;
    /** Heads, names and the end of an archive take no more than this beyond the content of an entry; usually much less. */
    private static final int MOST_ROUND = 2048;

    private final TreeMap<String, TarEntry> entries = new TreeMap<>();
    private final TreeMap<String, BlobSource> contents = new TreeMap<>();
    private final Instant time;

    /** The time every file in the layer will bear. */
    public LayerWriter(Instant time) {
        this.time = time;
    }

    /** Adds a folder, a symbolic link or a whiteout. */
    public void add(TarEntry entry) {
        add(entry, BlobSource.of(new byte[0]));
    }

    /** Adds a file; its content must have the size the entry announces. */
    public void add(TarEntry entry, BlobSource content) {
        entries.put(entry.name(), entry);
        contents.put(entry.name(), content);
    }

    /** Whether the layer has something of that name already. */
    public boolean contains(String name) {
        return entries.containsKey(name);
    }

    /** What was added, sorted by name. */
    public java.util.List<TarEntry> entries() {
        return java.util.List.copyOf(entries.values());
    }

    /** How many files, folders and links were added. */
    public int count() {
        return entries.size();
    }

    /** What the files are as an archive: its digest, and where it is small how it packs, else null. */
    record Outline(Digest diffId, byte[] packed) {}

    /** Reads the files; what comes of them is what {@link #write} would say it is. */
    Outline outline() throws IOException {
        long most = MOST_ROUND;
        for (TarEntry entry : entries.values()) {
            most += entry.size() + MOST_ROUND;
        }
        ByteArrayOutputStream kept = most <= MOST_KEPT ? new ByteArrayOutputStream((int) most / 2) : null;
        MessageDigest hash = Digest.sha256();
        try (OutputStream packed = kept == null ? OutputStream.nullOutputStream() : new FastGzip(kept)) {
            writeTar(new DigestOutputStream(packed, hash));
        }
        return new Outline(Digest.ofHash(hash.digest()), kept == null ? null : kept.toByteArray());
    }

    /** What was added under a name. */
    public BlobSource content(String name) {
        return contents.get(name);
    }

    /** What each entry holds, by name. */
    Map<String, BlobSource> contents() {
        return Collections.unmodifiableMap(contents);
    }

    Instant time() {
        return time;
    }

    private void writeTar(OutputStream tar) throws IOException {
        try (TarWriter writer = new TarWriter(tar, time)) {
            for (TarEntry entry : entries.values()) {
                try (InputStream content = contents.get(entry.name()).open()) {
                    writer.add(entry, content);
                }
            }
        }
    }

    /** Writes the layer into the file and says what came out. */
    public Layer write(Path file) throws IOException {
        MessageDigest packed = Digest.sha256();
        MessageDigest unpacked = Digest.sha256();
        try (OutputStream disk = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                OutputStream gzip = new FastGzip(new DigestOutputStream(disk, packed))) {
            writeTar(new DigestOutputStream(gzip, unpacked));
        }
        return layer(file, Digest.ofHash(packed.digest()), Digest.ofHash(unpacked.digest()));
    }

    /** The same for files that were read already: neither read nor packed again where that was kept. */
    Layer write(Path file, Outline known) throws IOException {
        if (known.packed() == null) {
            return write(file);
        }
        Files.write(file, known.packed());
        return layer(file, Digest.of(known.packed()), known.diffId());
    }

    private static Layer layer(Path file, Digest packed, Digest diffId) throws IOException {
        Descriptor descriptor = new Descriptor(MediaTypes.OCI_LAYER_GZIP, packed, Files.size(file));
        return new Layer(descriptor, diffId, BlobSource.of(file));
    }
}
