package io.jenkins.plugins.shera.nginx.cli;

import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The {@code .conf} files of a zip archive, by their name without folders; bounded, whatever the archive says of itself. */
final class ConfArchive {
    private static final int MOST_ENTRIES = 1000;
    private static final int LARGEST = 512 << 10;
    private static final int LARGEST_TREE = 4 << 20;

    private ConfArchive() {}

    static SortedMap<String, String> read(InputStream in) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        each(in, LARGEST, (path, bytes) -> {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (name.endsWith(".conf") && files.put(name, text(bytes)) != null) {
                throw Refusal.input("archive", Messages.ConfArchive_twice(), Messages.ConfArchive_twice_next());
            }
        });
        return some(files);
    }

    /** Every file, by its path in the archive. */
    static SortedMap<String, String> tree(InputStream in) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        each(in, LARGEST_TREE, (path, bytes) -> files.put(path, new String(bytes, StandardCharsets.UTF_8)));
        return some(files);
    }

    private interface Entry {
        void of(String path, byte[] bytes);
    }

    private static void each(InputStream in, int largest, Entry work) throws IOException {
        int entries = 0;
        int size = 0;
        try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes(largest + 1);
                size += bytes.length;
                if (++entries > MOST_ENTRIES || size > largest) {
                    throw Refusal.input(
                            "archive", Messages.ConfArchive_large(largest >> 10), Messages.ConfArchive_large_next());
                }
                if (!entry.isDirectory()) {
                    work.of(entry.getName(), bytes);
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw Refusal.input("archive", Messages.ConfArchive_none(), Messages.ConfArchive_none_next());
        }
    }

    private static SortedMap<String, String> some(SortedMap<String, String> files) {
        if (files.isEmpty()) {
            throw Refusal.input("archive", Messages.ConfArchive_none(), Messages.ConfArchive_none_next());
        }
        return files;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.input("archive", Messages.ConfArchive_none(), Messages.ConfArchive_none_next());
        }
    }
}
