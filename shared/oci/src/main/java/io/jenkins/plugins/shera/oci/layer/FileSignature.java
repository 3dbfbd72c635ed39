package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** By which the files of a layer are known again without being read. */
final class FileSignature {
    /** Time stamps of file systems are this coarse at worst. */
    private static final Duration RACY = Duration.ofSeconds(2);

    private FileSignature() {}

    /** Of the names, kinds, owners, modes, sizes and links, whatever the content; and of what packs them. */
    static String shape(LayerWriter writer) {
        MessageDigest hash = Digest.sha256();
        say(hash, "2 " + System.getProperty("java.vm.version") + " " + writer.time());
        for (TarEntry entry : writer.entries()) {
            say(
                    hash,
                    entry.kind() + " " + entry.mode() + " " + entry.userId() + " " + entry.groupId() + " "
                            + entry.size());
            say(hash, entry.name());
            say(hash, entry.link());
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    /** Of the files that hold the content; empty where there is one that cannot be known by this, or not yet. */
    static Optional<String> of(LayerWriter writer) {
        Instant latest = Instant.now().minus(RACY);
        MessageDigest hash = Digest.sha256();
        Map<String, BlobSource> contents = writer.contents();
        for (TarEntry entry : writer.entries()) {
            if (entry.kind() == TarEntry.Kind.FILE && entry.size() > 0) {
                Optional<Path> file = contents.get(entry.name()).file();
                if (file.isEmpty() || !sign(hash, file.get(), latest)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(HexFormat.of().formatHex(hash.digest()));
    }

    private static boolean sign(MessageDigest hash, Path file, Instant latest) {
        try {
            Map<String, Object> found =
                    Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
            Instant changed = ((FileTime) found.get("lastModifiedTime")).toInstant();
            Instant status = ((FileTime) found.get("ctime")).toInstant();
            if (changed.isAfter(latest) || status.isAfter(latest)) {
                return false;
            }
            say(hash, file.toAbsolutePath().toString());
            say(
                    hash,
                    found.get("dev") + " " + found.get("ino") + " " + found.get("size") + " " + changed + " " + status);
            return true;
        } catch (IOException | RuntimeException e) {
            // A file system without these: the files are read instead.
            return false;
        }
    }

    private static void say(MessageDigest hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        hash.update(bytes);
    }
}
