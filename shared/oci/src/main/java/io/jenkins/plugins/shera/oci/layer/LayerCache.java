package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Remembers what files packed to, so that a layer whose files did not change is neither packed nor sent again. It keeps names alone, no
 * content: where a registry wants the bytes after all, they are packed anew and have to come out the same.
 *
 * <p>Files are the same when path, inode, size, time of change and time of status change are, and none of those is younger than two
 * seconds (as git does for its index, whose documentation calls such entries racy); else when their archive has the same digest. One folder
 * may be used by several builds at once, and removed at any time.
 */
public final class LayerCache {
    private static final int ENTRIES = 40;
    private static final int SHAPES = 200;

    private final Path folder;

    /** The folder is made when it is needed. */
    public LayerCache(Path folder) {
        this.folder = folder;
    }

    /** What the writer's files pack to; the file is written to when they have to be packed, now or later. */
    public Layer write(LayerWriter writer, Path file) throws IOException {
        Path shape = folder.resolve(FileSignature.shape(writer));
        Optional<String> before = FileSignature.of(writer);
        Optional<Known> same = before.flatMap(signature -> Known.load(shape.resolve("files-" + signature)));
        if (same.isPresent()) {
            return same.get().layer(writer, file, shape);
        }
        if (Files.isDirectory(shape)) {
            LayerWriter.Outline outline = writer.outline();
            Optional<Known> equal =
                    Known.load(shape.resolve("tar-" + outline.diffId().hex()));
            if (equal.isPresent() && equal.get().diffId.equals(outline.diffId())) {
                remember(shape, equal.get(), before, writer);
                return equal.get().layer(writer, file, shape);
            }
            return remembered(writer.write(file, outline), shape, before, writer);
        }
        return remembered(writer.write(file), shape, before, writer);
    }

    private Layer remembered(Layer layer, Path shape, Optional<String> before, LayerWriter writer) throws IOException {
        remember(
                shape,
                new Known(layer.descriptor().digest(), layer.descriptor().size(), layer.diffId()),
                before,
                writer);
        return layer;
    }

    /** By their signature only if it was the same before and after they were read. */
    private void remember(Path shape, Known known, Optional<String> before, LayerWriter writer) throws IOException {
        Files.createDirectories(shape);
        known.save(shape.resolve("tar-" + known.diffId.hex()));
        if (before.isPresent() && before.equals(FileSignature.of(writer))) {
            known.save(shape.resolve("files-" + before.get()));
        }
        prune(shape, ENTRIES);
        prune(folder, SHAPES);
    }

    private static void prune(Path folder, int keep) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            if (all.size() <= keep) {
                return;
            }
            List<Path> oldest = all.stream()
                    .sorted(Comparator.comparingLong(LayerCache::touched))
                    .limit(all.size() - keep)
                    .toList();
            for (Path old : oldest) {
                delete(old);
            }
        }
    }

    private static long touched(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> inside = Files.list(path)) {
                for (Path each : inside.toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    /** What one layer is called, as a line with its own digest. */
    private record Known(Digest digest, long size, Digest diffId) {
        static Optional<Known> load(Path file) {
            try {
                String[] words =
                        Files.readString(file, StandardCharsets.UTF_8).strip().split(" ");
                Known known = new Known(Digest.parse(words[0]), Long.parseLong(words[1]), Digest.parse(words[2]));
                return known.line().equals(String.join(" ", words)) ? Optional.of(known) : Optional.empty();
            } catch (IOException | RuntimeException e) {
                // Not there, half written by a power cut, or spoilt: then it is not known.
                return Optional.empty();
            }
        }

        void save(Path file) throws IOException {
            Path beside = file.resolveSibling("." + UUID.randomUUID());
            Files.writeString(beside, line(), StandardCharsets.UTF_8);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        private String line() {
            String words = digest + " " + size + " " + diffId;
            return words + " "
                    + Digest.of(words.getBytes(StandardCharsets.UTF_8)).hex();
        }

        Layer layer(LayerWriter writer, Path file, Path shape) {
            Descriptor descriptor = new Descriptor(MediaTypes.OCI_LAYER_GZIP, digest, size);
            return new Layer(descriptor, diffId, new PackedLater(writer, file, digest, shape));
        }
    }

    /** Packs when somebody wants the bytes, once. */
    private static final class PackedLater implements BlobSource {
        private final LayerWriter writer;
        private final Path file;
        private final Digest expected;
        private final Path shape;
        private boolean packed;

        PackedLater(LayerWriter writer, Path file, Digest expected, Path shape) {
            this.writer = writer;
            this.file = file;
            this.expected = expected;
            this.shape = shape;
        }

        @Override
        public synchronized InputStream open() throws IOException {
            if (!packed) {
                Digest made = writer.write(file).descriptor().digest();
                if (!made.equals(expected)) {
                    delete(shape);
                    throw new IOException("The files of the layer " + expected.shortHex()
                            + " changed while the image was built, or what was remembered of them was wrong and is"
                            + " forgotten now; build again.");
                }
                packed = true;
            }
            return Files.newInputStream(file);
        }
    }
}
