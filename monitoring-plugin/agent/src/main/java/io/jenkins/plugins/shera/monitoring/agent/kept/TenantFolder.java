package io.jenkins.plugins.shera.monitoring.agent.kept;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder with a file for each tenant, for nobody else to read, that is replaced whole. What cannot be read is laid aside and counted
 * until its tenant is told anew. One process at a time has the folder; one thread at a time may use this.
 */
public final class TenantFolder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TenantFolder.class.getName());
    private static final Pattern FILE = Pattern.compile("([a-z0-9][a-z0-9-]{0,62})\\.(json|damaged)");

    private final Path folder;
    private final FileChannel channel;
    private final Set<String> damaged = new TreeSet<>();

    private TenantFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder, which is made where there is none.
     *
     * @throws IOException if another process has it, or the disk cannot be read
     */
    public static TenantFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("Another process has " + folder + ". Give each daemon a folder of its own.");
        }
        return new TenantFolder(folder, channel);
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** What lies there, by tenant; those laid aside before are counted from now on. */
    public Map<String, byte[]> read() throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
            for (Path each : listed) {
                Matcher matcher = FILE.matcher(String.valueOf(each.getFileName()));
                if (matcher.matches() && matcher.group(2).equals("damaged")) {
                    damaged.add(matcher.group(1));
                } else if (matcher.matches()) {
                    found.put(matcher.group(1), Files.readAllBytes(each));
                }
            }
        }
        return found;
    }

    /** Lays a tenant's file aside; {@code why} it cannot be read is said in the log. */
    public void layAside(String tenant, String why) throws IOException {
        LOG.log(
                Level.SEVERE,
                "{0} cannot be read and was laid aside; its tenant is told anew by Jenkins: {1}",
                new Object[] {file(tenant), why});
        Files.move(file(tenant), aside(tenant), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        damaged.add(tenant);
    }

    /** The tenants whose files could not be read. */
    public Set<String> damaged() {
        return new TreeSet<>(damaged);
    }

    /** Replaces a tenant's file; it lies on the disk when this returns. */
    public void replace(String tenant, byte[] bytes) throws IOException {
        // For nobody else to read: so such a file is made.
        Path beside = Files.createTempFile(folder, "." + tenant, ".new");
        try {
            Files.write(beside, bytes);
            force(beside, StandardOpenOption.WRITE);
            Files.move(beside, file(tenant), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A tenant was told anew: what was laid aside of it is not missed any more. */
    public void mended(String tenant) throws IOException {
        if (damaged.remove(tenant)) {
            Files.deleteIfExists(aside(tenant));
        }
    }

    private Path file(String tenant) {
        return folder.resolve(tenant + ".json");
    }

    private Path aside(String tenant) {
        return folder.resolve(tenant + ".damaged");
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
