package io.jenkins.plugins.shera.platform.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One append-only file of JSON lines with its rotated predecessors beside it. Every line gets an {@code id} that only grows.
 * A line is forced to disk before {@link #append} returns, in an interrupted thread too; safe for use by many threads of one process.
 */
public final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    private final String name;
    private final long rotateBytes;
    private long lastId = -1;

    /** Lines go to {@code <name>.jsonl} in the folder; past {@code rotateBytes} it is renamed to {@code <name>-<last id>.jsonl}. */
    public Ledger(Path folder, String name, long rotateBytes) {
        this.folder = folder;
        this.name = name;
        this.rotateBytes = rotateBytes;
    }

    /** Appends one line and returns the id it was given. */
    public synchronized long append(ObjectNode line) throws IOException {
        Files.createDirectories(folder);
        Path current = current();
        if (lastId < 0) {
            lastId = newestId();
        }
        if (Files.exists(current) && Files.size(current) >= rotateBytes) {
            Files.move(
                    current,
                    folder.resolve("%s-%018d%s".formatted(name, lastId, SUFFIX)),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        long id = lastId + 1;
        line.put("id", id);
        byte[] text = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        // Not by channels: those fail in the thread of a build that is being stopped, and what it did has to be told.
        try (RandomAccessFile file = new RandomAccessFile(current.toFile(), "rw")) {
            long end = file.length();
            file.seek(Math.max(0, end - 1));
            boolean torn = end > 0 && file.read() != '\n';
            file.seek(end);
            if (torn) {
                file.write('\n');
            }
            file.write(text);
            file.getFD().sync();
        }
        lastId = id;
        return id;
    }

    /** Lines that match, newest first, at most {@code limit}, only those with an id below {@code before}. */
    public synchronized LedgerPage page(long before, int limit, Predicate<JsonNode> matching) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        int damaged = 0;
        for (Path file : newestFirst()) {
            byte[] bytes = read(file);
            int end = bytes.length;
            while (end > 0) {
                int start = end;
                while (start > 0 && bytes[start - 1] != '\n') {
                    start--;
                }
                if (end > start) {
                    JsonNode line = parse(bytes, start, end);
                    if (line == null) {
                        damaged++;
                    } else if (line.path("id").asLong() < before && matching.test(line)) {
                        if (found.size() == limit) {
                            return new LedgerPage(
                                    found, found.get(limit - 1).path("id").asLong(), damaged);
                        }
                        found.add(line);
                    }
                }
                end = start - 1;
            }
        }
        return new LedgerPage(found, null, damaged);
    }

    private long newestId() throws IOException {
        LedgerPage newest = page(Long.MAX_VALUE, 1, line -> true);
        return newest.lines().isEmpty() ? 0 : newest.lines().get(0).path("id").asLong();
    }

    private List<Path> newestFirst() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(current())) {
            files.add(current());
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(this::isRotated)
                        .sorted(Comparator.comparing(Path::toString).reversed())
                        .forEach(files::add);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return files;
    }

    private boolean isRotated(Path file) {
        return file.toString().matches(".*[/\\\\]" + name + "-[0-9]{18}\\" + SUFFIX);
    }

    private Path current() {
        return folder.resolve(name + SUFFIX);
    }

    private static byte[] read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    private static JsonNode parse(byte[] bytes, int start, int end) {
        try {
            JsonNode line = JSON.readTree(new String(bytes, start, end - start, StandardCharsets.UTF_8));
            return line != null && line.isObject() && line.path("id").isIntegralNumber() ? line : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
