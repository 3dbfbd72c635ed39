package io.jenkins.plugins.shera.nginx.config;

import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Password files that documents name, for the nodes that fetch them: names with hashes, encrypted by Jenkins' own key, in files for
 * its user alone. One that no document names is kept for a day, for it may be published at this moment.
 */
public final class KubengUsers {
    private static final Duration UNNAMED = Duration.ofDays(1);
    private static final String VERSION = "[0-9a-f]{64}";

    private final Path folder;

    KubengUsers(Path folder) {
        this.folder = folder;
    }

    /** Keeps one; it is there once this returns. */
    public synchronized void keep(PasswordFile people) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path beside = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(beside, Secret.fromString(people.text()).getEncryptedValue(), StandardCharsets.US_ASCII);
            Files.move(beside, folder.resolve(people.version()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The one of this version; empty where it was never kept, or cannot be read any more. */
    public synchronized Optional<PasswordFile> of(String version) throws IOException {
        Path file = folder.resolve(version);
        if (!version.matches(VERSION) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Secret secret = Secret.decrypt(Files.readString(file, StandardCharsets.US_ASCII));
        try {
            return secret == null ? Optional.empty() : Optional.of(PasswordFile.of(secret.getPlainText()));
        } catch (InvalidRouteException e) {
            return Optional.empty();
        }
    }

    /** Forgets what is not among these any more. */
    public synchronized void tidy(Set<String> named) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        FileTime old = FileTime.from(Instant.now().minus(UNNAMED));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!named.contains(String.valueOf(file.getFileName()))
                        && Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
