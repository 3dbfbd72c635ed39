package io.jenkins.plugins.shera.demo.cluster;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;

/** Images of one registry as folders on this machine, each unpacked once. */
final class UnpackedImages {
    private static final TarReader.Limits LIMITS = new TarReader.Limits(100_000, 4L << 30);

    private final ImagePlace registry;
    private final Path folder;

    UnpackedImages(ImagePlace registry, Path folder) {
        this.registry = registry;
        this.folder = folder;
    }

    /** An image that can be run: its files, and how it wants to be started. */
    record Unpacked(Path root, ImageConfig config) {}

    /** Brings the image here if it is not yet; one at a time. */
    synchronized Unpacked get(String image) throws IOException {
        ImageReference reference = ImageReference.parse(image);
        ImageTarget repository = registry.repository(reference.repository());
        Manifest manifest = Manifest.read(repository.manifest(reference.target()));
        ImageConfig config;
        try (InputStream in = repository.openBlob(manifest.config())) {
            config = ImageConfig.read(in.readAllBytes());
        }
        Path root = folder.resolve(manifest.digest().hex().substring(0, 16));
        if (!Files.isDirectory(root)) {
            Path beside = Files.createTempDirectory(Files.createDirectories(folder), ".unpack");
            for (Descriptor layer : manifest.layers()) {
                try (InputStream in = repository.openBlob(layer)) {
                    unpack(new TarReader(new GZIPInputStream(in, 1 << 16), LIMITS), beside);
                }
            }
            Files.move(beside, root, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Unpacked(root, config);
    }

    private static void unpack(TarReader tar, Path root) throws IOException {
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            Path path = root.resolve(entry.name()).normalize();
            if (path.startsWith(root)) {
                Files.createDirectories(path.getParent());
            }
            // A folder that an earlier layer made a link could lead out of the image.
            if (!path.startsWith(root) || !path.getParent().toRealPath().startsWith(root.toRealPath())) {
                throw new IOException("the layer writes outside of its image: " + entry.name());
            }
            switch (entry.kind()) {
                case FOLDER -> Files.createDirectories(path);
                case FILE -> {
                    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                    if ((entry.mode() & 0111) != 0) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
                case SYMLINK -> {
                    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                        Files.createSymbolicLink(path, inside(entry.link(), root));
                    }
                }
                default -> throw new IOException("the sandbox does not unpack a " + entry.kind() + ": " + entry.name());
            }
        }
    }

    /** An absolute link means a place of the image. */
    private static Path inside(String link, Path root) {
        return link.startsWith("/") ? root.resolve(link.substring(1)) : Path.of(link);
    }
}
