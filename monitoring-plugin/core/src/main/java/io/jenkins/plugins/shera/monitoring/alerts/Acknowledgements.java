package io.jenkins.plugins.shera.monitoring.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The acknowledged alerts of each tenant, in a file of its own that is replaced whole. Usable from many threads of one process. */
public final class Acknowledgements {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 1000;

    private final Path folder;

    /** The folder is made when something is first written. */
    public Acknowledgements(Path folder) {
        this.folder = folder;
    }

    /** All that are kept of a tenant, the oldest first; some may be of alerts that ended. */
    public synchronized List<Acknowledgement> of(String tenant) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file(tenant)));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<Acknowledgement> all = new ArrayList<>();
        for (JsonNode each : root) {
            all.add(new Acknowledgement(
                    each.path("fingerprint").asText(),
                    each.path("by").asText(),
                    Instant.parse(each.path("at").asText()),
                    each.path("note").asText()));
        }
        return all;
    }

    /**
     * Keeps one more in the stead of an older one of the same alert, and forgets those of alerts that ended.
     *
     * @param active all alerts of the tenant that go on; null when not all of them are known, and none is forgotten
     */
    public synchronized void add(String tenant, Acknowledgement wanted, List<ActiveAlert> active) throws IOException {
        List<Acknowledgement> all = new ArrayList<>(of(tenant));
        all.removeIf(each -> each.fingerprint().equals(wanted.fingerprint())
                || active != null && active.stream().noneMatch(each::holds));
        all.add(wanted);
        write(tenant, all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    private Path file(String tenant) {
        if (!tenant.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + tenant + "' is no tenant's id");
        }
        return folder.resolve(tenant + ".json");
    }

    private void write(String tenant, List<Acknowledgement> all) throws IOException {
        Files.createDirectories(folder);
        ArrayNode root = JSON.createArrayNode();
        for (Acknowledgement each : all) {
            root.addObject()
                    .put("fingerprint", each.fingerprint())
                    .put("by", each.by())
                    .put("at", each.at().toString())
                    .put("note", each.note());
        }
        Path beside = Files.createTempFile(folder, "." + tenant, ".new");
        try {
            Files.write(beside, JSON.writeValueAsBytes(root));
            Files.move(beside, file(tenant), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
