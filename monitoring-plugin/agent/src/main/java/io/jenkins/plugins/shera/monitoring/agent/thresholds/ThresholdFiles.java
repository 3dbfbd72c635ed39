package io.jenkins.plugins.shera.monitoring.agent.thresholds;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.shera.monitoring.agent.kept.StaleException;
import io.jenkins.plugins.shera.monitoring.agent.kept.TenantFolder;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Thresholds on disk, a file for each tenant that is replaced whole. What cannot be read is laid aside and counted until its tenant's
 * thresholds are told anew. Usable from many threads; one process at a time has the folder.
 */
public final class ThresholdFiles implements AutoCloseable {

    private static final String NUMBER = "generation";

    private final TenantFolder folder;
    private final Map<String, ServedBook> books = new TreeMap<>();
    private final Map<ServedThreshold.Key, String> taken = new HashMap<>();

    private ThresholdFiles(TenantFolder folder) {
        this.folder = folder;
    }

    /**
     * Reads all of them; the folder is made where there is none.
     *
     * @throws IOException if another process has the folder, or the disk cannot be read
     */
    public static ThresholdFiles open(Path folder) throws IOException {
        TenantFolder opened = TenantFolder.open(folder);
        try {
            ThresholdFiles files = new ThresholdFiles(opened);
            for (Map.Entry<String, byte[]> each : opened.read().entrySet()) {
                files.load(each.getKey(), each.getValue());
            }
            return files;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void load(String tenant, byte[] file) throws IOException {
        try {
            ServedBook book = ServedBook.read(file, NUMBER);
            check(tenant, book);
            keep(tenant, book);
        } catch (JsonProcessingException | InvalidThresholdException e) {
            folder.layAside(tenant, String.valueOf(e.getMessage()));
        }
    }

    private void check(String tenant, ServedBook book) {
        if (!book.isOf(tenant)) {
            throw new InvalidThresholdException(
                    "tenant", "some are for another tenant than " + tenant, "Send those of one tenant alone.");
        }
        for (ServedThreshold each : book.thresholds()) {
            String owner = taken.getOrDefault(each.key(), tenant);
            if (!owner.equals(tenant)) {
                throw new InvalidThresholdException(
                        "namespace",
                        "another tenant has thresholds for " + each.application() + " in a namespace "
                                + each.namespace() + ", and rules could not tell them apart",
                        "Bring these into force by rules of their own.");
            }
        }
    }

    private void keep(String tenant, ServedBook book) {
        taken.values().removeIf(tenant::equals);
        book.thresholds().forEach(each -> taken.put(each.key(), tenant));
        books.put(tenant, book);
    }

    /** What is kept of a tenant; an empty book of generation 0 for one that was never told of. */
    public synchronized ServedBook read(String tenant) {
        return books.getOrDefault(tenant, new ServedBook(0, List.of()));
    }

    /** All that is kept, by tenant. */
    public synchronized Map<String, ServedBook> all() {
        return new TreeMap<>(books);
    }

    /** The tenants whose files could not be read. */
    public synchronized Set<String> damaged() {
        return folder.damaged();
    }

    /**
     * Replaces what is kept of a tenant; it lies on the disk when this returns.
     *
     * @param from with the generation it was made from
     * @return what is kept now
     * @throws StaleException when that is not the one that is kept
     * @throws InvalidThresholdException when it cannot be kept beside that of others
     */
    public synchronized ServedBook replace(String tenant, ServedBook from) throws IOException, StaleException {
        long kept = read(tenant).generation();
        if (from.generation() != kept) {
            throw new StaleException("thresholds", from.generation(), kept);
        }
        check(tenant, from);
        ServedBook book = new ServedBook(kept + 1, from.thresholds());
        folder.replace(tenant, book.bytes(NUMBER));
        keep(tenant, book);
        folder.mended(tenant);
        return book;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
