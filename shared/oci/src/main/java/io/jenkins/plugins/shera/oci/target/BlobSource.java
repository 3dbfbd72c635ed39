package io.jenkins.plugins.shera.oci.target;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Content that can be read from its beginning as often as an upload needs it. */
@FunctionalInterface
public interface BlobSource {
    /** A fresh stream, which the caller closes. */
    InputStream open() throws IOException;

    /** Content in memory. */
    static BlobSource of(byte[] content) {
        return () -> new ByteArrayInputStream(content);
    }

    /** Content of a file. */
    static BlobSource of(Path file) {
        return new BlobSource() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public Optional<Path> file() {
                return Optional.of(file);
            }
        };
    }

    /** The file it is the content of, if it is one's. */
    default Optional<Path> file() {
        return Optional.empty();
    }
}
