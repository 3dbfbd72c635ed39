package io.jenkins.plugins.shera.oci.sbom;

import io.jenkins.plugins.shera.oci.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Keeps what layers were found to hold, by their digests; may be removed at any time, and used by several builds at once. */
public final class FindingsStore {
    private static final int MOST = 300;
    private static final int LARGEST = 64 << 20;
    private static final String ENDING = ".found";

    private final Path folder;

    /** The folder is made when it is needed. */
    public FindingsStore(Path folder) {
        this.folder = folder;
    }

    /** What is known of a layer. */
    public Optional<LayerFindings> find(Digest layer) {
        Path file = file(layer);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            LayerFindings findings = FindingsFile.read(in.readNBytes(LARGEST));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(findings);
        } catch (IOException e) {
            // Half written by a power cut, spoilt, or taken away meanwhile: then it is not known.
            return Optional.empty();
        }
    }

    /** Keeps it; the least used go when there are too many. */
    public void keep(Digest layer, LayerFindings findings) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".found-", "");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
            out.write(FindingsFile.write(findings));
        }
        Files.move(part, file(layer), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        prune();
    }

    private void prune() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(ENDING)).toList();
            if (all.size() > MOST) {
                List<Path> oldest = all.stream()
                        .sorted(Comparator.comparing(FindingsStore::used))
                        .limit(all.size() - MOST * 3 / 4)
                        .toList();
                for (Path file : oldest) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static FileTime used(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private Path file(Digest layer) {
        return folder.resolve(layer.hex() + ENDING);
    }
}
