package io.jenkins.plugins.shera.nodes.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How each work of the last day ended, on the machine where it was done: whoever lost the connection asks here. A work begins at most once,
 * and one that somebody asked for before it began never begins.
 */
final class Outcomes {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final long STEP_MILLIS = 100;

    private final Path folder;

    Outcomes(Path folder) {
        this.folder = folder;
    }

    /** Held while a work is done; the lock goes with the program, however that ends. */
    final class Held implements AutoCloseable {
        private final FileChannel channel;
        private final String id;

        private Held(FileChannel channel, String id) {
            this.channel = channel;
            this.id = id;
        }

        /** Keeps the answer; without room for it only this connection gets it. */
        void ended(byte[] answer) throws IOException {
            Path beside = fresh();
            try {
                Files.write(beside, answer);
                Files.move(beside, answerOf(id), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Empty when it was begun before, or somebody who asked for it made it void. */
    Optional<Held> begin(String id) throws IOException {
        ready();
        Path beside = fresh();
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE);
        try {
            // Locked before anybody can find it.
            FileLock lock = channel.tryLock();
            Files.createLink(mark(id), beside);
            return lock == null ? Optional.empty() : Optional.of(new Held(channel, id));
        } catch (FileAlreadyExistsException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** How it ended, waited for up to this limit; makes void what has not begun. */
    byte[] ask(String id, Duration limit) throws IOException, InterruptedException {
        ready();
        Optional<Held> ours = begin(id);
        if (ours.isPresent()) {
            ours.get().close();
            byte[] never = new Answer(Answer.Kind.NEVER, null, "").packed();
            Files.write(answerOf(id), never);
            return never;
        }
        long end = System.nanoTime() + limit.toNanos();
        try (FileChannel channel = FileChannel.open(mark(id), StandardOpenOption.WRITE)) {
            while (true) {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    break;
                }
                if (System.nanoTime() > end) {
                    throw new IOException("the work still goes on after " + limit.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            }
        }
        Path answer = answerOf(id);
        return Files.exists(answer) ? Files.readAllBytes(answer) : new Answer(Answer.Kind.LOST, null, "").packed();
    }

    /** Whoever asked has the answer. */
    void forget(String id) throws IOException {
        Files.deleteIfExists(answerOf(id));
    }

    private Path mark(String id) {
        return folder.resolve(id + ".begun");
    }

    private Path answerOf(String id) {
        return folder.resolve(id + ".answer");
    }

    private Path fresh() throws IOException {
        // Answers may hold what only the reader may see.
        return Files.createFile(
                folder.resolve("." + UUID.randomUUID()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private void ready() throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileTime old = FileTime.from(Instant.now().minus(KEPT));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path each : all) {
                if (Files.getLastModifiedTime(each).compareTo(old) < 0) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (java.nio.file.NoSuchFileException e) {
            // Another work ended, and tidied up at the same time.
        }
    }
}
