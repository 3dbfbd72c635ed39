package io.jenkins.plugins.shera.monitoring.agent.chats;

import io.jenkins.plugins.shera.monitoring.agent.kept.TenantBooks;
import io.jenkins.plugins.shera.monitoring.agent.kept.TenantFolder;
import io.jenkins.plugins.shera.monitoring.chats.ChatBook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Robots of chats on disk, with their secrets: a file for each tenant that nobody else reads. */
public final class ChatFiles extends TenantBooks<ChatBook> {

    private ChatFiles(TenantFolder folder) {
        super(folder, "robots");
    }

    /**
     * Reads all of them; the folder is made where there is none.
     *
     * @throws IOException if another process has the folder, or the disk cannot be read
     */
    public static ChatFiles open(Path folder) throws IOException {
        ChatFiles files = new ChatFiles(TenantFolder.open(folder));
        files.load();
        return files;
    }

    @Override
    protected ChatBook empty() {
        return new ChatBook(0, List.of());
    }

    @Override
    protected ChatBook parse(byte[] file) throws IOException {
        return ChatBook.read(file, NUMBER);
    }

    @Override
    protected byte[] bytes(ChatBook book) throws IOException {
        return book.bytes(NUMBER);
    }

    @Override
    protected long generation(ChatBook book) {
        return book.generation();
    }

    @Override
    protected ChatBook numbered(ChatBook book, long generation) {
        return new ChatBook(generation, book.targets());
    }

    /** The tenants that have robots. */
    public Set<String> tenants() {
        Set<String> tenants = new TreeSet<>();
        all().forEach((tenant, book) -> {
            if (!book.targets().isEmpty()) {
                tenants.add(tenant);
            }
        });
        return tenants;
    }
}
