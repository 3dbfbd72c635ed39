package io.jenkins.plugins.shera.kubeng.daemon;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.kubeng.endpoints.EndpointBook;
import io.jenkins.plugins.shera.kubeng.intended.IntentStore;
import io.jenkins.plugins.shera.kubeng.intended.SafeFile;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps one half of nginx, the routes or the weights, as its document and the addresses of now want it. A later document that
 * nginx refuses stays aside, and changes of addresses go on in the document in force.
 */
final class IntentLane implements Lane.Work {
    private static final Logger LOG = Logger.getLogger(IntentLane.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final Path stateFile;
    private final IntentStore store;
    private final EndpointBook book;
    private final Nginx nginx;
    private volatile NodeState state = NodeState.NONE;
    private Intent told;
    private String sha = "";
    private Assembled inForce;
    private Refusal refusal;
    private volatile boolean refusedByNginx;

    /** The half of nginx that this lane drives. */
    interface Nginx {
        Assembly assemble(Intent intent, EndpointBook book) throws IOException, InterruptedException;

        /** What would lie on the node; equal bytes need no reload. */
        String fingerprint(Assembly assembly);

        /** Makes it so, proved; gives what is in force, which may lack objects. What was in force before is so again when this throws. */
        Assembly apply(Assembly assembly) throws IOException, InterruptedException;

        /** Gives what is in force the addresses of now where that takes no reload. */
        default void follow(Assembly assembly) throws IOException, InterruptedException {}

        /** It is in force. */
        default void served(Assembly assembly) {}

        /** What is served where no document was ever given, if anything. */
        default Optional<Intent> withoutDocument() {
            return Optional.empty();
        }
    }

    private record Assembled(long generation, String fingerprint) {}

    private record Refusal(long generation, String reason, long at) {}

    IntentLane(Path stateFile, IntentStore store, EndpointBook book, Nginx nginx) {
        this.stateFile = stateFile;
        this.store = store;
        this.book = book;
        this.nginx = nginx;
    }

    NodeState state() {
        return state;
    }

    @Override
    public boolean run() throws InterruptedException {
        String refused = "";
        try {
            Optional<Intent> next = store.next();
            if (next.isPresent() && isPatientWith(next.get())) {
                refused = serve(next.get());
                if (refused.isEmpty()) {
                    store.accept(next.get());
                    refusal = null;
                    return true;
                }
                if (refusedByNginx) {
                    refusal = new Refusal(next.get().generation(), refused, System.nanoTime());
                }
            } else if (next.isPresent()) {
                refused = refusal.reason();
            }
            Optional<Intent> current = store.inForce().or(nginx::withoutDocument);
            if (current.isPresent()) {
                String failed = serve(current.get());
                refused = refused.isEmpty() ? failed : refused;
            }
        } catch (IOException e) {
            refused = String.valueOf(e.getMessage());
        }
        if (!refused.isEmpty()) {
            tell(new NodeState(
                    state.generation(),
                    state.sha(),
                    refusal == null ? 0 : refusal.generation(),
                    state.endpoints(),
                    state.reloads(),
                    state.lastReload(),
                    refused,
                    state.leftOut()));
        }
        return refused.isEmpty();
    }

    /** A refused document is tried again now and then, for what nginx minded may lie outside of it. */
    private boolean isPatientWith(Intent next) {
        return refusal == null
                || refusal.generation() != next.generation()
                || System.nanoTime() - refusal.at() > REFUSED.toNanos();
    }

    /** Gives why nginx does not serve it, or nothing. */
    private String serve(Intent intent) throws InterruptedException {
        try {
            long endpoints = book.generation();
            Assembly assembly = nginx.assemble(intent, book);
            Assembled wanted = new Assembled(intent.generation(), nginx.fingerprint(assembly));
            boolean same = inForce != null && inForce.fingerprint().equals(wanted.fingerprint());
            if (!same) {
                assembly = nginx.apply(assembly);
                wanted = new Assembled(intent.generation(), nginx.fingerprint(assembly));
            } else {
                nginx.follow(assembly);
            }
            nginx.served(assembly);
            inForce = wanted;
            tell(new NodeState(
                    intent.generation(),
                    sha(intent),
                    refusal == null || refusal.generation() <= intent.generation() ? 0 : refusal.generation(),
                    Math.max(endpoints, book.generation()),
                    state.reloads() + (same ? 0 : 1),
                    same ? state.lastReload() : Instant.now().toString(),
                    refusal == null || refusal.generation() <= intent.generation() ? "" : refusal.reason(),
                    assembly.leftOut()));
            return "";
        } catch (IOException | RuntimeException e) {
            inForce = null;
            refusedByNginx = e instanceof Rollover.RefusedException;
            return "Generation " + intent.generation() + " is not in force: " + e.getMessage();
        }
    }

    /** Counted once for each document. */
    private String sha(Intent intent) {
        if (told != intent) {
            told = intent;
            sha = intent.tag().substring(intent.tag().indexOf('-') + 1);
        }
        return sha;
    }

    private void tell(NodeState changed) {
        if (changed.equals(state)) {
            return;
        }
        if (!changed.error().equals(state.error()) && !changed.error().isEmpty()) {
            LOG.log(Level.WARNING, "{0}", changed.error());
        }
        state = changed;
        try {
            SafeFile.write(stateFile, JSON.writeValueAsBytes(changed));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The state cannot be written to {0}: {1}", new Object[] {stateFile, e.getMessage()});
        }
    }
}
