package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Keeps one {@link NoticeBook} for each tenant as a JSON file that is replaced whole; no secret is in it. The caller lets one at a time change it. */
public final class NoticeStore {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path folder;

    /** The folder is made when something is first written. */
    public NoticeStore(Path folder) {
        this.folder = folder;
    }

    /** The book of a tenant; an empty one when nothing was set. */
    public NoticeBook read(String tenant) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file(tenant)), NoticeBook.class);
        } catch (NoSuchFileException e) {
            return NoticeBook.empty();
        }
    }

    /** Keeps a book, whatever was there. */
    public void write(String tenant, NoticeBook book) throws IOException {
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "." + tenant, ".new");
        try {
            Files.write(beside, JSON.writeValueAsBytes(book));
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file(tenant), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Forgets a tenant. */
    public void remove(String tenant) throws IOException {
        Files.deleteIfExists(file(tenant));
    }

    private Path file(String tenant) {
        if (!tenant.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + tenant + "' is no tenant's id");
        }
        return folder.resolve(tenant + ".json");
    }
}
