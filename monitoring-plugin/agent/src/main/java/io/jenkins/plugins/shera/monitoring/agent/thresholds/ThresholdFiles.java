package io.jenkins.plugins.shera.monitoring.agent.thresholds;

import io.jenkins.plugins.shera.monitoring.agent.kept.TenantBooks;
import io.jenkins.plugins.shera.monitoring.agent.kept.TenantFolder;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Thresholds on disk, a file for each tenant; no two tenants have any that rules could not tell apart. */
public final class ThresholdFiles extends TenantBooks<ServedBook> {

    private final Map<ServedThreshold.Key, String> taken = new HashMap<>();

    private ThresholdFiles(TenantFolder folder) {
        super(folder, "thresholds");
    }

    /**
     * Reads all of them; the folder is made where there is none.
     *
     * @throws IOException if another process has the folder, or the disk cannot be read
     */
    public static ThresholdFiles open(Path folder) throws IOException {
        ThresholdFiles files = new ThresholdFiles(TenantFolder.open(folder));
        files.load();
        return files;
    }

    @Override
    protected ServedBook empty() {
        return new ServedBook(0, List.of());
    }

    @Override
    protected ServedBook parse(byte[] file) throws IOException {
        return ServedBook.read(file, NUMBER);
    }

    @Override
    protected byte[] bytes(ServedBook book) throws IOException {
        return book.bytes(NUMBER);
    }

    @Override
    protected long generation(ServedBook book) {
        return book.generation();
    }

    @Override
    protected ServedBook numbered(ServedBook book, long generation) {
        return new ServedBook(generation, book.thresholds());
    }

    @Override
    protected void check(String tenant, ServedBook book) {
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

    @Override
    protected void keeping(String tenant, ServedBook book) {
        taken.values().removeIf(tenant::equals);
        book.thresholds().forEach(each -> taken.put(each.key(), tenant));
    }
}
