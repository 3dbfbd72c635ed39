package io.jenkins.plugins.shera.nginx.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** What is known of the pushes to one nginx cluster beside those that are done: one that waits for its reload, and nodes left behind. */
public final class SiteNotes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WAITING = "waiting.json";
    private static final String BEHIND = "behind.json";

    private final Path folder;

    /**
     * A push whose files lie on the nodes and are not in force.
     *
     * @param tenant that it was made for
     * @param base number of the push it was made from, 0 for none
     * @param who wrote it
     * @param why in the words of who wrote it, may be empty
     * @param due when it is to be put in force by itself; null for never
     * @param trouble why that did not come about; empty where it did, or is to come
     * @param files by name
     */
    public record Waiting(
            String tenant,
            long base,
            Instant at,
            String who,
            String why,
            Instant due,
            String trouble,
            SortedMap<String, String> files) {
        /** Copies the files. */
        public Waiting {
            files = new TreeMap<>(files);
        }

        /** The same, which is not put in force by itself any more, for this reason. */
        public Waiting troubled(String reason) {
            return new Waiting(tenant, base, at, who, why, null, reason, files);
        }
    }

    /** In the folder of the cluster's {@link SiteHistory}, which is made with the first note. */
    public SiteNotes(Path folder) {
        this.folder = folder;
    }

    /** The push that waits, if one does. */
    public Optional<Waiting> waiting() throws IOException {
        Path file = folder.resolve(WAITING);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json = JSON.readTree(Files.readString(file));
        String due = json.path("due").asText();
        return Optional.of(new Waiting(
                json.path("tenant").asText(),
                json.path("base").asLong(),
                Instant.parse(json.path("at").asText("1970-01-01T00:00:00Z")),
                json.path("who").asText(),
                json.path("why").asText(),
                due.isEmpty() ? null : Instant.parse(due),
                json.path("trouble").asText(),
                texts(json.path("files"))));
    }

    /** Keeps it in place of one that waited. */
    public void keep(Waiting waiting) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("tenant", waiting.tenant())
                .put("base", waiting.base())
                .put("at", waiting.at().toString())
                .put("who", waiting.who())
                .put("why", waiting.why())
                .put("due", waiting.due() == null ? "" : waiting.due().toString())
                .put("trouble", waiting.trouble());
        waiting.files().forEach(json.putObject("files")::put);
        write(WAITING, json);
    }

    /** Forgets the push that waits; no error where none does. */
    public void forgetWaiting() throws IOException {
        Files.deleteIfExists(folder.resolve(WAITING));
    }

    /** Why nodes do not have the newest push, by the name of the node; empty where every one of them has it. */
    public SortedMap<String, String> behind() throws IOException {
        Path file = folder.resolve(BEHIND);
        return Files.isRegularFile(file) ? texts(JSON.readTree(Files.readString(file))) : new TreeMap<>();
    }

    /** Keeps these in place of those that were behind. */
    public void keepBehind(Map<String, String> nodes) throws IOException {
        if (nodes.isEmpty()) {
            Files.deleteIfExists(folder.resolve(BEHIND));
            return;
        }
        ObjectNode json = JSON.createObjectNode();
        new TreeMap<>(nodes).forEach(json::put);
        write(BEHIND, json);
    }

    private static SortedMap<String, String> texts(JsonNode json) {
        SortedMap<String, String> texts = new TreeMap<>();
        json.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    private void write(String name, ObjectNode json) throws IOException {
        Files.createDirectories(folder);
        Path beside = folder.resolve("." + UUID.randomUUID());
        try {
            Files.write(beside, JSON.writeValueAsBytes(json));
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
