package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Certificates and keys of a node, {@code tls/<version>.crt} and {@code .key}: never changed once they are there, and never readable for
 * anybody but their owner at any moment. They lie beside the generations, which only name them.
 */
final class KeyFiles {
    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final FileAttribute<?> FILE = PosixFilePermissions.asFileAttribute(OWNER_ALONE);
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int LONGEST = 256 * 1024;

    private final Path folder;

    KeyFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path folder() {
        return folder;
    }

    /** Puts them there; what a hand did to them is undone. */
    void write(CertificatePair pair) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, FOLDER);
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            if (problem(pair.version()).isPresent()) {
                put(key(pair.version()), pair.key());
                put(certificate(pair.version()), pair.chain());
            }
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(
                    folder.toString(), null, "this file system cannot keep a key from other users of the machine");
        }
    }

    private void put(Path file, String text) throws IOException {
        Path beside = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createFile(beside, FILE);
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** What is wrong with what lies here of this version, in words without a secret; nothing when it is as it was put here. */
    Optional<String> problem(String version) throws IOException {
        Path certificate = certificate(version);
        Path key = key(version);
        if (!Files.isRegularFile(certificate, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(key, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("is missing");
        }
        if (!Files.getPosixFilePermissions(key).equals(OWNER_ALONE)) {
            return Optional.of("has a key that others may read, by its file's permissions");
        }
        try {
            String chain = read(certificate);
            CertificatePair pair = CertificatePair.whenever(chain, read(key));
            return pair.version().equals(version) ? Optional.empty() : Optional.of("was replaced by another one");
        } catch (InvalidCertificateException e) {
            return Optional.of("was edited");
        }
    }

    private static String read(Path file) throws IOException {
        return Files.size(file) > LONGEST ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    Path certificate(String version) {
        return folder.resolve(version + ".crt");
    }

    private Path key(String version) {
        return folder.resolve(version + ".key");
    }

    /** Takes away what is none of these versions. */
    void keepOnly(Set<String> versions) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (!versions.contains(name.replaceFirst("\\.(crt|key)$", ""))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
