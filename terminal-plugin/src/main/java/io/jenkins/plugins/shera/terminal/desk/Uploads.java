package io.jenkins.plugins.shera.terminal.desk;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.Terminator;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Files on their way into a container, piece by piece: after a cut the sender asks how much is here and goes on from there. Each
 * belongs to its sender and its target, and is forgotten an hour after its last piece.
 */
@Extension
public class Uploads implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(Uploads.class.getName());
    private static final int MOST = 8;
    private static final int MOST_OF_ONE = 3;
    private static final int PIECE = 8 << 20;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    private static final class Upload {
        private final String owner;
        private final String target;
        private final Path file;
        private volatile Instant touched = Instant.now();

        Upload(String owner, String target, Path file) {
            this.owner = owner;
            this.target = target;
            this.file = file;
        }
    }

    /** What is done with a file that is here as a whole. */
    @FunctionalInterface
    public interface Arrival<T> {
        /** Takes it; it is deleted afterwards, and kept for another try when this fails. */
        T of(Path file) throws IOException;
    }

    /** The one instance. */
    public static Uploads get() {
        return ExtensionList.lookupSingleton(Uploads.class);
    }

    /** Bytes of the caller's upload that are here; 0 for one that nobody knows. */
    public long received(String id, String target) throws IOException {
        Upload upload = uploads.get(id);
        return upload == null ? 0 : Files.size(checked(upload, target).file);
    }

    /**
     * Takes the next piece, 8 MiB at most.
     *
     * @param target where the file goes; the same for all its pieces
     * @param offset where the piece belongs, which is the number of bytes that are here
     * @return what the arrival gives when this was the last piece, else null
     * @throws Refusal a conflict at {@code offset} when another number of bytes is here
     */
    public <T> T piece(String id, String target, long offset, long total, InputStream body, Arrival<T> arrival)
            throws IOException {
        boolean bad = !id.matches("[0-9a-f]{32}") || offset < 0 || total < offset || total > FileDesk.MOST_BYTES;
        if (bad) {
            throw Refusal.input(
                    "upload", Messages.Uploads_bad(String.valueOf(FileDesk.MOST_BYTES)), Messages.Uploads_bad_next());
        }
        Upload upload = checked(reserve(id, target), target);
        synchronized (upload) {
            long here = Files.size(upload.file);
            if (here != offset) {
                throw Refusal.conflict(
                        "offset", Messages.Uploads_offset(String.valueOf(here)), Messages.Uploads_next());
            }
            append(upload, body, Math.min(PIECE, total - offset));
            if (Files.size(upload.file) < total) {
                return null;
            }
            T result = arrival.of(upload.file);
            forget(id);
            return result;
        }
    }

    private static void append(Upload upload, InputStream body, long most) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = most;
        try (OutputStream out = Files.newOutputStream(upload.file, StandardOpenOption.APPEND)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                if (read > left) {
                    throw Refusal.input(
                            "upload", Messages.Uploads_piece(String.valueOf(most)), Messages.Uploads_bad_next());
                }
                out.write(buffer, 0, read);
                left -= read;
                upload.touched = Instant.now();
            }
        }
    }

    private synchronized Upload reserve(String id, String target) throws IOException {
        Instant old = Instant.now().minus(KEPT);
        uploads.entrySet().stream()
                .filter(each -> each.getValue().touched.isBefore(old))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
        Upload known = uploads.get(id);
        if (known != null) {
            return known;
        }
        String user = Jenkins.getAuthentication2().getName();
        long own = uploads.values().stream()
                .filter(each -> each.owner.equals(user))
                .count();
        if (own >= MOST_OF_ONE || uploads.size() >= MOST) {
            throw Refusal.conflict("upload", Messages.Uploads_many(MOST_OF_ONE, MOST), Messages.Uploads_many_next());
        }
        Upload fresh = new Upload(user, target, Files.createTempFile("shera-upload-", ".part"));
        uploads.put(id, fresh);
        return fresh;
    }

    private static Upload checked(Upload upload, String target) {
        if (!upload.owner.equals(Jenkins.getAuthentication2().getName()) || !upload.target.equals(target)) {
            throw Refusal.unknown("upload", Messages.Uploads_other(), Messages.Uploads_bad_next());
        }
        return upload;
    }

    /** Deletes what is here of it. */
    public void forget(String id) {
        Upload upload = uploads.remove(id);
        if (upload != null) {
            try {
                Files.deleteIfExists(upload.file);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "cannot delete " + upload.file, e);
            }
        }
    }

    /** Deletes all of them with Jenkins. */
    @Terminator
    public static void stop() {
        for (Uploads each : ExtensionList.lookup(Uploads.class)) {
            each.uploads.keySet().forEach(each::forget);
        }
    }
}
