package io.jenkins.plugins.shera.nodes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A flat set of small files by name. */
final class FileSet {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,200}";

    private FileSet() {}

    static void write(Path folder, Map<String, byte[]> files) throws IOException {
        files.keySet().forEach(FileSet::requireName);
        Files.createDirectory(folder);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            try (FileChannel channel = FileChannel.open(
                    folder.resolve(file.getKey()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.wrap(file.getValue());
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
        }
    }

    static SortedMap<String, byte[]> read(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                Path name = entry.getFileName();
                if (name != null && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    files.put(name.toString(), Files.readAllBytes(entry));
                }
            }
        }
        return files;
    }

    /** SHA-256 over each name, its length and its content, in the order of the names. */
    static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                byte[] name = file.getKey().getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(8)
                        .putInt(name.length)
                        .putInt(file.getValue().length)
                        .array());
                sha.update(name);
                sha.update(file.getValue());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void requireName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be the name of a managed file: use letters, digits, "
                            + "'.', '_' and '-', beginning with a letter or digit");
        }
    }
}
