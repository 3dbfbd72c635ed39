package io.jenkins.plugins.shera.monitoring.agent.thresholds;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thresholds on disk, a file for each tenant that is replaced whole. What cannot be read is laid aside and counted until its tenant's
 * thresholds are told anew. Usable from many threads; one process at a time has the folder.
 */
public final class ThresholdFiles implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ThresholdFiles.class.getName());
    private static final Pattern FILE = Pattern.compile("([a-z0-9][a-z0-9-]{0,62})\\.(json|damaged)");
    private static final String NUMBER = "generation";

    private final Path folder;
    private final FileChannel channel;
    private final Map<String, ServedBook> books = new TreeMap<>();
    private final Set<String> damaged = new TreeSet<>();
    private final Map<ServedThreshold.Key, String> taken = new HashMap<>();

    private ThresholdFiles(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** A change that was made from another generation than the one that is kept. */
    public static final class StaleException extends Exception {
        private static final long serialVersionUID = 1L;

        StaleException(long after, long kept) {
            super("the thresholds are at generation " + kept + ", not " + after, null, false, false);
        }
    }

    /**
     * Reads all of them; the folder is made where there is none.
     *
     * @throws IOException if another process has the folder, or the disk cannot be read
     */
    public static ThresholdFiles open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IOException("Another process has " + folder + ". Give each daemon a folder of its own.");
            }
            ThresholdFiles files = new ThresholdFiles(folder, channel);
            files.load();
            return files;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void load() throws IOException {
        Map<String, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
            for (Path each : listed) {
                Matcher matcher = FILE.matcher(String.valueOf(each.getFileName()));
                if (matcher.matches() && matcher.group(2).equals("damaged")) {
                    damaged.add(matcher.group(1));
                } else if (matcher.matches()) {
                    found.put(matcher.group(1), each);
                }
            }
        }
        for (Map.Entry<String, Path> each : found.entrySet()) {
            load(each.getKey(), each.getValue());
        }
    }

    private void load(String tenant, Path file) throws IOException {
        String why;
        try {
            ServedBook book = ServedBook.read(Files.readAllBytes(file), NUMBER);
            check(tenant, book);
            keep(tenant, book);
            return;
        } catch (JsonProcessingException | InvalidThresholdException e) {
            why = String.valueOf(e.getMessage());
        }
        LOG.log(
                Level.SEVERE,
                "{0} cannot be read and was laid aside; its tenant is told anew by Jenkins: {1}",
                new Object[] {file, why});
        Files.move(file, aside(tenant), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        damaged.add(tenant);
    }

    private Path aside(String tenant) {
        return folder.resolve(tenant + ".damaged");
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
        return new TreeSet<>(damaged);
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
            throw new StaleException(from.generation(), kept);
        }
        check(tenant, from);
        ServedBook book = new ServedBook(kept + 1, from.thresholds());
        Path beside = Files.createTempFile(folder, "." + tenant, ".new");
        try {
            Files.write(beside, book.bytes(NUMBER));
            force(beside, StandardOpenOption.WRITE);
            Files.move(
                    beside,
                    folder.resolve(tenant + ".json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            force(folder, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(beside);
        }
        keep(tenant, book);
        if (damaged.remove(tenant)) {
            Files.deleteIfExists(aside(tenant));
        }
        return book;
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel opened = FileChannel.open(path, option)) {
            opened.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
