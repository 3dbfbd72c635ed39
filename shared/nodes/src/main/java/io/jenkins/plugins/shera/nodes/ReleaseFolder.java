package io.jenkins.plugins.shera.nodes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of generations: {@code releases/<generation>-<digest>/} hold complete sets of files, and the symbolic link
 * {@code current} names the one in force, so that a change of many files takes effect, or does not, in one rename.
 *
 * <p>A program includes {@code current/*}. A power cut leaves the old set or the new set, never a mixture.
 */
public final class ReleaseFolder {
    /** The link a program's own configuration includes. */
    public static final String CURRENT = "current";

    private static final String RELEASES = "releases";
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Path root;

    /** Nothing is read or made yet: {@link #lock} makes the folder. */
    public ReleaseFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Where {@code current} stands, whatever it names. */
    public Path currentLink() {
        return root.resolve(CURRENT);
    }

    /** Held while one writer changes the folder, across processes of the machine; close it to let the next one in. */
    public static final class Lock implements AutoCloseable {
        private final FileChannel channel;
        private final FileLock lock;

        private Lock(FileChannel channel, FileLock lock) {
            this.channel = channel;
            this.lock = lock;
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                lock.release();
            }
        }
    }

    /**
     * Becomes the only writer, and waits so long for one that is at work.
     *
     * @throws FileSystemException if another writer held the folder all that time, or it cannot be written
     */
    public Lock lock(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return lock();
            } catch (BusyException e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    /** Another writer holds the folder. */
    private static final class BusyException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        BusyException(Path root) {
            super(root.toString(), null, "another change is being made here; try again when it has finished");
        }
    }

    /**
     * Becomes the only writer at once.
     *
     * @throws FileSystemException if another writer holds the folder, or it cannot be written
     */
    public Lock lock() throws IOException {
        Files.createDirectories(root.resolve(RELEASES));
        FileChannel channel =
                FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process: the same answer as for another process.
        }
        if (lock == null) {
            channel.close();
            throw new BusyException(root);
        }
        return new Lock(channel, lock);
    }

    /** The set in force, or nothing when none was ever activated. */
    public Optional<Release> current() throws IOException {
        Path link = currentLink();
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        return parse(root.resolve(Files.readSymbolicLink(link)));
    }

    /** The files of the set in force by name; empty when there is none. */
    public SortedMap<String, byte[]> currentFiles() throws IOException {
        Optional<Release> current = current();
        return current.isPresent() ? FileSet.read(current.get().folder()) : new TreeMap<>();
    }

    /** Writes a new set beside the one in force, flushed to disk; nothing includes it yet. */
    public Release stage(Lock held, Map<String, byte[]> files) throws IOException {
        requireHeld(held);
        String digest = FileSet.digest(files);
        long generation =
                releases().stream().mapToLong(Release::generation).max().orElse(0) + 1;
        Path folder = root.resolve(RELEASES).resolve(generation + "-" + digest.substring(0, 12));
        Path beside = root.resolve(RELEASES).resolve("." + UUID.randomUUID());
        try {
            FileSet.write(beside, files);
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(beside);
        }
        return new Release(generation, digest, folder);
    }

    /** Puts a staged set in force by renaming one link. */
    public void activate(Lock held, Release release) throws IOException {
        requireHeld(held);
        Path beside = root.resolve("." + CURRENT + "-" + UUID.randomUUID());
        Files.createSymbolicLink(beside, root.relativize(release.folder()));
        try {
            Files.move(beside, currentLink(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Takes the link away, as it was before the first release. */
    public void deactivate(Lock held) throws IOException {
        requireHeld(held);
        Files.deleteIfExists(currentLink());
    }

    /** Removes a set that is not in force. */
    public void discard(Lock held, Release release) throws IOException {
        requireHeld(held);
        if (current().map(Release::folder).filter(release.folder()::equals).isEmpty()) {
            delete(release.folder());
        }
    }

    /** Removes the oldest sets until {@code keep} are left; the one in force always stays. */
    public void prune(Lock held, int keep) throws IOException {
        requireHeld(held);
        List<Release> all = releases();
        for (int i = 0; i < all.size() - keep; i++) {
            discard(held, all.get(i));
        }
    }

    /** All sets, the oldest first. */
    public List<Release> releases() throws IOException {
        List<Release> found = new ArrayList<>();
        if (Files.isDirectory(root.resolve(RELEASES))) {
            try (Stream<Path> folders = Files.list(root.resolve(RELEASES))) {
                for (Path folder : folders.toList()) {
                    parse(folder).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparingLong(Release::generation));
        return found;
    }

    private Optional<Release> parse(Path folder) throws IOException {
        Path name = folder.getFileName();
        if (name == null || !name.toString().matches("[0-9]{1,18}-[0-9a-f]{12}") || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        String text = name.toString();
        long generation = Long.parseLong(text.substring(0, text.indexOf('-')));
        return Optional.of(new Release(generation, FileSet.digest(FileSet.read(folder)), folder));
    }

    private void requireHeld(Lock held) {
        if (!held.lock.isValid()) {
            throw new IllegalStateException("the lock of " + root + " was given back");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
