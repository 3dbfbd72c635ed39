package io.jenkins.plugins.shera.nginx.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Every set of files that was pushed to one nginx cluster, one file each, numbered from 1; the newest is what is intended now. */
public final class SiteHistory {
    private static final int KEPT = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** A push.
     *
     * @param who pushed it
     * @param why in the words of who pushed it, may be empty
     * @param files by name
     */
    public record Entry(long number, Instant at, String who, String why, SortedMap<String, String> files) {
        /** Copies the files. */
        public Entry {
            files = new TreeMap<>(files);
        }
    }

    /** In this folder, which is made with the first entry. */
    public SiteHistory(Path folder) {
        this.folder = folder;
    }

    /** The newest, if there is one. */
    public Optional<Entry> latest() throws IOException {
        List<Long> numbers = numbers();
        return numbers.isEmpty() ? Optional.empty() : read(numbers.get(numbers.size() - 1));
    }

    /** The entry of this number, if it is kept. */
    public Optional<Entry> read(long number) throws IOException {
        Path file = file(number);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json = JSON.readTree(Files.readString(file));
        SortedMap<String, String> files = new TreeMap<>();
        json.path("files")
                .properties()
                .forEach(each -> files.put(each.getKey(), each.getValue().asText()));
        return Optional.of(new Entry(
                number,
                Instant.parse(json.path("at").asText("1970-01-01T00:00:00Z")),
                json.path("who").asText(),
                json.path("why").asText(),
                files));
    }

    /** The newest entries, the latest first. */
    public List<Entry> newest(int most) throws IOException {
        List<Long> numbers = numbers();
        List<Entry> entries = new ArrayList<>();
        for (int i = numbers.size() - 1; i >= 0 && entries.size() < most; i--) {
            read(numbers.get(i)).ifPresent(entries::add);
        }
        return entries;
    }

    /**
     * Adds an entry after the one the caller knows of.
     *
     * @param base number of the entry it was made from, 0 for none
     * @throws FileAlreadyExistsException if somebody was quicker
     */
    public Entry append(long base, String who, String why, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        Entry entry = new Entry(base + 1, Instant.now(), who, why, new TreeMap<>(files));
        ObjectNode json = JSON.createObjectNode();
        json.put("at", entry.at().toString()).put("who", who).put("why", why);
        ObjectNode all = json.putObject("files");
        entry.files().forEach(all::put);
        Path beside = folder.resolve("." + UUID.randomUUID());
        try {
            Files.write(beside, JSON.writeValueAsBytes(json));
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            // A link is made or is not, and never over one that is there.
            Files.createLink(file(entry.number()), beside);
        } finally {
            Files.deleteIfExists(beside);
        }
        prune();
        return entry;
    }

    private void prune() throws IOException {
        List<Long> numbers = numbers();
        for (int i = 0; i < numbers.size() - KEPT; i++) {
            Files.deleteIfExists(file(numbers.get(i)));
        }
    }

    private Path file(long number) {
        return folder.resolve(number + ".json");
    }

    private List<Long> numbers() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("[0-9]{1,18}\\.json"))
                    .map(name -> Long.valueOf(name.substring(0, name.length() - ".json".length())))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
