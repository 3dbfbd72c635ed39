package io.jenkins.plugins.shera.monitoring.thresholds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps one book for each tenant as a JSON file that is replaced whole. Usable from many threads of one process. */
public final class ThresholdStore {

    /** The platform's own book: no tenant can be named so. */
    public static final String PLATFORM = "_platform";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** The folder is made when something is first written. */
    public ThresholdStore(Path folder) {
        this.folder = folder;
    }

    /** Somebody else changed the book meanwhile. */
    public static final class StaleException extends IOException {
        private static final long serialVersionUID = 1L;

        StaleException(String tenant, long expected, long found) {
            super("the thresholds of " + tenant + " were changed meanwhile: they are at version " + found + ", not "
                    + expected + ". Load them again, look at what changed, and repeat yours.");
        }
    }

    /** A change of a book: gives the new one, having done what must succeed before it is kept. */
    @FunctionalInterface
    public interface Change {
        /** May throw to keep everything as it is. */
        ThresholdBook apply(ThresholdBook before) throws IOException, InterruptedException;
    }

    /** The book of a tenant; an empty one when nothing was set. */
    public ThresholdBook read(String tenant) throws IOException {
        try {
            return parse(JSON.readTree(Files.readAllBytes(file(tenant))));
        } catch (NoSuchFileException e) {
            return new ThresholdBook(0, Map.of());
        }
    }

    /**
     * Changes a book while no one else does.
     *
     * @param expected the version the change was made from, negative for any
     * @throws StaleException when the book is at another version
     */
    public ThresholdBook change(String tenant, long expected, Change change) throws IOException, InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(tenant, key -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            ThresholdBook before = read(tenant);
            if (expected >= 0 && before.version() != expected) {
                throw new StaleException(tenant, expected, before.version());
            }
            ThresholdBook after = change.apply(before).numbered(before.version() + 1);
            write(tenant, after);
            return after;
        } finally {
            lock.unlock();
        }
    }

    private Path file(String tenant) {
        if (!tenant.equals(PLATFORM) && !tenant.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + tenant + "' is no tenant's id");
        }
        return folder.resolve(tenant + ".json");
    }

    private void write(String tenant, ThresholdBook book) throws IOException {
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "." + tenant, ".new");
        try {
            Files.write(beside, JSON.writeValueAsBytes(json(book)));
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file(tenant), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static ObjectNode json(ThresholdBook book) {
        ObjectNode root = JSON.createObjectNode().put("version", book.version());
        ObjectNode places = root.putObject("places");
        book.places().forEach((place, list) -> {
            for (Threshold each : list) {
                ObjectNode one = places.withArrayProperty(place)
                        .addObject()
                        .put("metric", each.metric())
                        .put("warning", each.warning())
                        .put("critical", each.critical())
                        .put("forSeconds", each.lasting().toSeconds())
                        .put("below", each.below())
                        .put("off", each.off());
                if (!each.runbook().isEmpty()) {
                    one.put("runbook", each.runbook());
                }
            }
        });
        return root;
    }

    private static ThresholdBook parse(JsonNode root) {
        Map<String, List<Threshold>> places = new TreeMap<>();
        root.path("places").fields().forEachRemaining(place -> {
            List<Threshold> list = new ArrayList<>();
            for (JsonNode each : place.getValue()) {
                list.add(new Threshold(
                        each.path("metric").asText(),
                        number(each.get("warning")),
                        number(each.get("critical")),
                        Duration.ofSeconds(each.path("forSeconds").asLong()),
                        each.path("below").asBoolean(),
                        each.path("off").asBoolean(),
                        each.path("runbook").asText()));
            }
            places.put(place.getKey(), list);
        });
        return new ThresholdBook(root.path("version").asLong(), places);
    }

    private static Double number(JsonNode node) {
        return node == null || node.isNull() ? null : node.asDouble();
    }
}
