package io.jenkins.plugins.shera.kubeng.intended;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Replaces a file so that a power cut leaves the old content or the new one. */
public final class SafeFile {
    private SafeFile() {}

    /** Writes beside, flushes to disk, renames. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
    }

    /** The same for what nobody but the owner may read, at no instant. */
    public static void writeSecret(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(beside(file));
        write(
                file,
                content,
                Set.of(StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void write(
            Path file, byte[] content, Set<StandardOpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path beside = beside(file);
        Set<StandardOpenOption> all = new HashSet<>(options);
        all.add(StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(beside, all, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
