package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Remembers the configurations of images in a folder, by their digests, which each has to have when it is read again. Which image a tag stands
 * for is asked each time all the same. The folder may be removed at any time.
 */
public final class KnownConfigs {
    private final Path folder;

    /** The folder is made when it is needed. */
    public KnownConfigs(Path folder) {
        this.folder = folder;
    }

    InputStream open(ImageTarget home, Descriptor config) throws IOException {
        Path kept = folder.resolve(config.digest().hex() + ".config");
        byte[] content = read(kept, config);
        if (content == null) {
            try (InputStream in = home.openBlob(config)) {
                content = in.readAllBytes();
            }
            keep(kept, content);
        }
        return new ByteArrayInputStream(content);
    }

    /** Null unless it is there and what its digest says. */
    private static byte[] read(Path kept, Descriptor config) throws IOException {
        try {
            if (Files.size(kept) != config.size()) {
                return null;
            }
            byte[] content = Files.readAllBytes(kept);
            Digest digest = config.digest();
            return digest.matches(digest.newHash().digest(content)) ? content : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** For the eyes of this user alone, as a configuration may say more than its image's users know. */
    private void keep(Path kept, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, ".config", "");
        Files.write(beside, content);
        Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
