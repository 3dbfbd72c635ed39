package io.jenkins.plugins.shera.kubeng.intended;

import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents of one kind on this node: the one in force, and a later one that nginx has not taken yet. Both lie on disk as
 * they were signed, and what changed there is verified before it is used. Usable from many threads.
 */
public final class IntentStore {
    private final Intent.Kind kind;
    private final String cluster;
    private final Collection<PublicKey> keys;
    private final Path inForce;
    private final Path next;

    private final Map<Path, Verified> verified = new HashMap<>();

    /** A document whose signature held when the file had this time. */
    private record Verified(FileTime time, Intent intent) {}

    /** The folder has to exist. */
    public IntentStore(Path folder, Intent.Kind kind, String cluster, Collection<PublicKey> keys) {
        this.kind = kind;
        this.cluster = cluster;
        this.keys = List.copyOf(keys);
        this.inForce = folder.resolve(kind.word() + ".json");
        this.next = folder.resolve(kind.word() + "-next.json");
    }

    /** The document that nginx serves. */
    public synchronized Optional<Intent> inForce() throws IOException {
        return read(inForce);
    }

    /** A later document that is still to be tried, or was refused. */
    public synchronized Optional<Intent> next() throws IOException {
        Optional<Intent> found = read(next);
        long held = inForce().map(Intent::generation).orElse(0L);
        return found.filter(intent -> intent.generation() > held);
    }

    /**
     * Keeps a document that came in; nothing happens when it is already here.
     *
     * @return whether it is a later one than this node had
     * @throws IOException if it is not to be trusted, or is older than what this node has
     */
    public synchronized boolean offer(byte[] bytes) throws IOException {
        Intent offered = SignedIntent.open(bytes, keys, kind, cluster);
        Optional<Intent> newest = next().or(() -> quietly());
        if (newest.isPresent()) {
            long held = newest.get().generation();
            if (offered.generation() < held) {
                throw new IOException("The " + kind.word() + " of generation " + offered.generation()
                        + " are older than generation " + held + ", which this node has; somebody may have replayed an"
                        + " old document. Jenkins has to continue above generation " + held + ".");
            }
            if (offered.generation() == held) {
                if (Arrays.equals(offered.bytes(), newest.get().bytes())) {
                    return false;
                }
                throw new IOException("There are two different documents of generation " + held + ". Jenkins has to"
                        + " continue above it.");
            }
        }
        SafeFile.write(next, bytes);
        verified.remove(next);
        return true;
    }

    /** The tag of the newest document that is here and can be trusted; empty when there is none. */
    public synchronized String tag() {
        return newest().map(Intent::tag).orElse("");
    }

    /** The newest document as it was signed. */
    public synchronized Optional<byte[]> signed() throws IOException {
        Optional<Intent> newest = newest();
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Optional<Intent> current = quietly();
        boolean serving = current.isPresent()
                && current.get().generation() == newest.get().generation();
        return Optional.of(Files.readAllBytes(serving ? inForce : next));
    }

    private Optional<Intent> newest() {
        try {
            return next().or(this::quietly);
        } catch (IOException e) {
            return quietly();
        }
    }

    /** The later document became the one in force. */
    public synchronized void accept(Intent accepted) throws IOException {
        Optional<Intent> waiting = read(next);
        if (waiting.isPresent() && waiting.get().generation() == accepted.generation()) {
            Files.move(next, inForce, StandardCopyOption.ATOMIC_MOVE);
            verified.clear();
        }
    }

    private Optional<Intent> quietly() {
        try {
            return inForce();
        } catch (IOException e) {
            // What lies here cannot be trusted any more, so it is no reason to refuse a document that can be.
            return Optional.empty();
        }
    }

    private Optional<Intent> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        FileTime time = Files.getLastModifiedTime(file);
        Verified before = verified.get(file);
        if (before == null || !before.time().equals(time)) {
            before = new Verified(time, SignedIntent.open(Files.readAllBytes(file), keys, kind, cluster));
            verified.put(file, before);
        }
        return Optional.of(before.intent());
    }
}
