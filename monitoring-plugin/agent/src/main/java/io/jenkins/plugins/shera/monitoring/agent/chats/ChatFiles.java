package io.jenkins.plugins.shera.monitoring.agent.chats;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.shera.monitoring.agent.kept.StaleException;
import io.jenkins.plugins.shera.monitoring.agent.kept.TenantFolder;
import io.jenkins.plugins.shera.monitoring.chats.ChatBook;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Robots of chats on disk, with their secrets: a file for each tenant that nobody else reads, and that is replaced whole. Usable from
 * many threads.
 */
public final class ChatFiles implements AutoCloseable {

    private static final String NUMBER = "generation";

    private final TenantFolder folder;
    private final Map<String, ChatBook> books = new TreeMap<>();

    private ChatFiles(TenantFolder folder) {
        this.folder = folder;
    }

    /**
     * Reads all of them; the folder is made where there is none.
     *
     * @throws IOException if another process has the folder, or the disk cannot be read
     */
    public static ChatFiles open(Path folder) throws IOException {
        TenantFolder opened = TenantFolder.open(folder);
        try {
            ChatFiles files = new ChatFiles(opened);
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
            books.put(tenant, ChatBook.read(file, NUMBER));
        } catch (JsonProcessingException e) {
            // The words of the exception may hold a secret.
            folder.layAside(tenant, "it is no JSON");
        } catch (InvalidThresholdException e) {
            folder.layAside(tenant, String.valueOf(e.getMessage()));
        }
    }

    /** What is kept of a tenant; an empty book of generation 0 for one that was never told of. */
    public synchronized ChatBook read(String tenant) {
        return books.getOrDefault(tenant, new ChatBook(0, List.of()));
    }

    /** The tenants that have robots. */
    public synchronized Set<String> tenants() {
        Set<String> tenants = new TreeSet<>(books.keySet());
        tenants.removeIf(tenant -> read(tenant).targets().isEmpty());
        return tenants;
    }

    /**
     * Replaces what is kept of a tenant; it lies on the disk when this returns.
     *
     * @param from with the generation it was made from
     * @return what is kept now
     * @throws StaleException when that is not the one that is kept
     */
    public synchronized ChatBook replace(String tenant, ChatBook from) throws IOException, StaleException {
        long kept = read(tenant).generation();
        if (from.generation() != kept) {
            throw new StaleException("robots", from.generation(), kept);
        }
        ChatBook book = new ChatBook(kept + 1, from.targets());
        folder.replace(tenant, book.bytes(NUMBER));
        books.put(tenant, book);
        folder.mended(tenant);
        return book;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
