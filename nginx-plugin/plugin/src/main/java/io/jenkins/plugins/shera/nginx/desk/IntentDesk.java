package io.jenkins.plugins.shera.nginx.desk;

import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The documents of one nginx cluster, on disk as they were signed; each change is a later generation. Usable from many threads. */
public final class IntentDesk {
    private static final int MOST_WAITING = 64;

    private final Path folder;
    private final String cluster;
    private final KeyPair key;
    private final Map<Intent.Kind, Held> held = new EnumMap<>(Intent.Kind.class);
    private int waiting;

    private record Held(Intent intent, byte[] signed, String tag) {}

    /**
     * A document for a node that asked.
     *
     * @param outcome decides whether the other two are there
     */
    public record Fetched(Outcome outcome, String tag, byte[] signed) {}

    /** How a question for a document ends. */
    public enum Outcome {
        /** Here it is. */
        FOUND,
        /** It is the one the node has. */
        SAME,
        /** Nothing was ever published. */
        NONE,
        /** The node has a later one than this Jenkins. */
        OLDER
    }

    /** Makes a later document of the one in force, whose generation is 0 when there was none. */
    public interface Change {
        /** Throws when what is wanted cannot stand beside the rest; nothing is changed then. */
        Intent of(Intent before, long generation) throws InvalidRouteException, IOException;
    }

    /** Files in that folder, signed by that key. */
    public IntentDesk(Path folder, String cluster, KeyPair key) {
        this.folder = folder;
        this.cluster = cluster;
        this.key = key;
    }

    /** What is wanted now; of generation 0 and empty when nothing ever was. */
    public synchronized Intent intent(Intent.Kind kind) throws IOException {
        Held found = held(kind);
        return found == null ? Intent.none(kind, cluster) : found.intent();
    }

    /** Signs and keeps what the change makes of the document, and wakes the nodes that wait for it. */
    public synchronized Intent change(Intent.Kind kind, Change change) throws IOException, InvalidRouteException {
        Intent before = intent(kind);
        Intent made = change.of(before, before.generation() + 1);
        Intent after = made == before || made.objects() != null ? made : made.watching(before.objects());
        if (after == before) {
            return before;
        }
        try {
            keep(kind, SignedIntent.sign(after, key.getPrivate()));
        } catch (GeneralSecurityException e) {
            throw new IOException("The document cannot be signed: " + e.getMessage(), e);
        }
        return after;
    }

    /**
     * Takes a document back that this Jenkins signed and does not have any more.
     *
     * @throws IOException if this Jenkins did not sign it, or has a later one
     */
    public synchronized void adopt(Intent.Kind kind, byte[] signed) throws IOException {
        Intent offered = SignedIntent.open(signed, List.of(key.getPublic()), kind, cluster);
        long own = intent(kind).generation();
        if (offered.generation() <= own) {
            throw new IOException("Generation " + offered.generation() + " of the " + kind.word()
                    + " is not later than " + own + ".");
        }
        keep(kind, signed);
    }

    /** The document if it is not that of this tag; waits for one at most that long. */
    public synchronized Fetched fetch(Intent.Kind kind, String tag, Duration wait)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        Fetched answer = look(kind, tag);
        // A flood of questions is answered at once rather than holding all of the server's threads.
        boolean patient = waiting < MOST_WAITING;
        waiting++;
        try {
            while (patient && isDull(answer) && System.nanoTime() < until) {
                wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
                answer = look(kind, tag);
            }
        } finally {
            waiting--;
        }
        return answer;
    }

    /** Lets the nodes serve these objects beside the routes, null for none; nothing happens where that is so. */
    public synchronized void watch(WatchedObjects wanted) throws IOException {
        Intent before = intent(Intent.Kind.ROUTES);
        if (Objects.equals(before.objects(), wanted)) {
            return;
        }
        Intent after = Intent.ofRoutes(cluster, before.generation() + 1, before.routes())
                .watching(wanted);
        try {
            keep(Intent.Kind.ROUTES, SignedIntent.sign(after, key.getPrivate()));
        } catch (GeneralSecurityException e) {
            throw new IOException("The document cannot be signed: " + e.getMessage(), e);
        }
    }

    private static boolean isDull(Fetched answer) {
        return answer.outcome() == Outcome.SAME || answer.outcome() == Outcome.NONE;
    }

    private Fetched look(Intent.Kind kind, String tag) throws IOException {
        Held found = held(kind);
        String own = found == null ? "" : found.tag();
        if (Intent.generationOf(tag) > Intent.generationOf(own)) {
            return new Fetched(Outcome.OLDER, own, null);
        }
        if (found == null) {
            return new Fetched(Outcome.NONE, "", null);
        }
        return own.equals(tag)
                ? new Fetched(Outcome.SAME, own, null)
                : new Fetched(Outcome.FOUND, own, found.signed().clone());
    }

    private Held held(Intent.Kind kind) throws IOException {
        Held found = held.get(kind);
        if (found == null && Files.exists(file(kind))) {
            found = opened(kind, Files.readAllBytes(file(kind)));
            held.put(kind, found);
        }
        return found;
    }

    private Held opened(Intent.Kind kind, byte[] signed) throws IOException {
        try {
            Intent intent = SignedIntent.open(signed, List.of(key.getPublic()), kind, cluster);
            return new Held(intent, signed, intent.tag());
        } catch (IOException e) {
            throw new IOException(
                    file(kind) + " is not what this Jenkins wrote: " + e.getMessage()
                            + " Put the file back from a backup, or remove it: a node that has the document gives it back.",
                    e);
        }
    }

    private void keep(Intent.Kind kind, byte[] signed) throws IOException {
        Held wanted = opened(kind, signed);
        Files.createDirectories(folder);
        Path beside = folder.resolve(kind.word() + ".json.new");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(signed);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file(kind), StandardCopyOption.ATOMIC_MOVE);
        held.put(kind, wanted);
        notifyAll();
    }

    private Path file(Intent.Kind kind) {
        return folder.resolve(kind.word() + ".json");
    }
}
