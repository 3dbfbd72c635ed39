package io.jenkins.plugins.shera.terminal.session;

import io.jenkins.plugins.shera.kube.exec.ExecConnection;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One shell and the tab that shows it. The shell outlives the tab: what it says meanwhile waits, and once {@link #MOST_UNCONFIRMED}
 * bytes wait the shell waits too, so that nothing is lost and nothing grows. Holds no thread; usable from many.
 */
public final class TerminalSession implements ExecListener {

    /** Bytes that may be under way to the browser before the shell is held back. */
    public static final int MOST_UNCONFIRMED = 512 * 1024;

    private static final int ENOUGH = 128 * 1024;
    private static final int HISTORY = 64 * 1024;

    private final String id;
    private final String owner;
    private final Target target;
    private final Clock clock;
    private final Instant started;
    private final Witness witness;
    private final Backlog backlog = new Backlog(HISTORY);
    private final Audience audience = new Audience();
    private String link = "";
    private int columns = 80;
    private int rows = 24;
    private ExecConnection shell;
    private Viewer viewer;
    private CompletableFuture<Void> held;
    private Instant typed;
    private Instant seen;
    private String ending = "";
    private ExecEnd end;

    /** Not yet running: see {@link #runs}. */
    public TerminalSession(String id, String owner, Target target, Clock clock) {
        this(id, owner, target, clock, null);
    }

    /** One that ends when its witness can keep no more of it; null for none. */
    public TerminalSession(String id, String owner, Target target, Clock clock, Witness witness) {
        this.id = id;
        this.owner = owner;
        this.target = target;
        this.clock = clock;
        this.started = clock.instant();
        this.typed = started;
        this.seen = started;
        this.witness = witness;
        if (witness != null) {
            witness.whenBroken(this::kill);
        }
    }

    /** The connection this session listens to. */
    public synchronized void runs(ExecConnection connection) {
        shell = connection;
    }

    @Override
    public CompletionStage<?> output(boolean error, ByteBuffer data) {
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        CompletionStage<?> shown;
        CompletionStage<?> kept;
        synchronized (this) {
            kept = witness == null ? null : witness.output(piece);
            shown = show(piece);
        }
        return kept == null ? shown : kept.thenCompose(nothing -> shown);
    }

    private CompletionStage<?> show(byte[] piece) {
        backlog.add(piece);
        if (viewer != null) {
            viewer.output(ByteBuffer.wrap(piece));
        }
        if (audience.output(piece, backlog.end())) {
            tellWatchers();
        }
        if (backlog.unconfirmed() < MOST_UNCONFIRMED) {
            return CompletableFuture.completedFuture(null);
        }
        held = new CompletableFuture<>();
        return held;
    }

    @Override
    public synchronized void ended(ExecEnd how) {
        if (end == null) {
            end = how;
            if (ending.isEmpty() && witness != null) {
                ending = witness.broken();
            }
            if (witness != null) {
                witness.ended(code(), how.exitCode());
            }
            link = "";
            audience.end(code(), how.exitCode());
            if (viewer != null) {
                tellEnd();
            }
        }
    }

    /** Somebody looks, and has everything before {@code offset} (-1 for nothing); who looked before is told so. */
    public synchronized void attach(Viewer now, long offset) {
        if (viewer != null) {
            viewer.end("taken", ExecEnd.UNKNOWN, "");
        }
        viewer = now;
        long from = backlog.from(offset);
        viewer.begin(from, backlog.confirmed());
        backlog.since(from).forEach(viewer::output);
        seen = clock.instant();
        tellWatchers();
        if (end != null) {
            tellEnd();
        }
    }

    /** The tab is gone; another that came meanwhile stays. */
    public synchronized void detach(Viewer gone) {
        if (viewer == gone) {
            viewer = null;
            seen = clock.instant();
        }
    }

    /** The browser has shown everything before this offset. */
    public void confirm(Viewer from, long offset) {
        CompletableFuture<Void> released = null;
        synchronized (this) {
            if (from == viewer) {
                backlog.confirm(offset);
                if (held != null && backlog.unconfirmed() <= ENOUGH) {
                    released = held;
                    held = null;
                }
            }
        }
        if (released != null) {
            released.complete(null);
        }
    }

    /** Keys; false when they come faster than the network takes them. */
    public boolean type(Viewer from, ByteBuffer keys) {
        ExecConnection to;
        synchronized (this) {
            if (from != viewer || shell == null || end != null) {
                return true;
            }
            typed = clock.instant();
            to = shell;
        }
        return !to.write(keys).isCompletedExceptionally();
    }

    /** The size of the browser's terminal, in characters. */
    public void resize(Viewer from, int columns, int rows) {
        ExecConnection to;
        synchronized (this) {
            to = from == viewer && end == null ? shell : null;
        }
        if (to != null) {
            size(to, columns, rows);
        }
    }

    /** The size it begins with, before anybody looks. */
    public void resize(int columns, int rows) {
        ExecConnection to;
        synchronized (this) {
            to = shell;
        }
        size(to, columns, rows);
    }

    private void size(ExecConnection to, int toColumns, int toRows) {
        to.resize(toColumns, toRows);
        synchronized (this) {
            columns = toColumns;
            rows = toRows;
            audience.size(columns, rows);
        }
        if (witness != null) {
            witness.resized(toColumns, toRows);
        }
    }

    /**
     * Ends it; {@code why} is one of the words the page has a text for: killed, idle, detached, total, right, unrecorded, full,
     * demanded.
     */
    public void kill(String why) {
        ExecConnection to;
        CompletableFuture<Void> released;
        synchronized (this) {
            if (ending.isEmpty()) {
                ending = why;
            }
            to = shell;
            released = held;
            held = null;
        }
        if (to != null) {
            to.close();
        }
        if (released != null) {
            released.complete(null);
        }
        ended(new ExecEnd(ExecEnd.UNKNOWN, ""));
    }

    /** Lets whoever knows the word that is returned watch; empty when it is over. */
    public synchronized String share(String word) {
        if (end == null && link.isEmpty()) {
            link = word;
        }
        return link;
    }

    /** Nobody watches any more; whether somebody could. */
    public synchronized boolean unshare() {
        boolean shared = !link.isEmpty();
        link = "";
        audience.end("unshared", ExecEnd.UNKNOWN);
        tellWatchers();
        return shared;
    }

    /** The word for who may watch, empty while it is not shared. */
    public synchronized String link() {
        return link;
    }

    /** Somebody watches, who knows the word; false when it is another by now or too many watch. */
    public synchronized boolean watch(Viewer by, String word, String user) {
        if (link.isEmpty() || !link.equals(word) || audience.isFull()) {
            return false;
        }
        audience.add(by, user, backlog, columns, rows);
        tellWatchers();
        return true;
    }

    /** Whoever watches has shown everything before this offset. */
    public synchronized void confirmWatched(Viewer by, long offset) {
        audience.confirm(by, offset, backlog.end());
    }

    /** The tab that watched is gone. */
    public synchronized void unwatch(Viewer by) {
        if (audience.remove(by)) {
            tellWatchers();
        }
    }

    /** Sends a user away who watches. */
    public synchronized void unwatch(String user, String code) {
        if (audience.remove(user, code)) {
            tellWatchers();
        }
    }

    /** Ids of the users who watch besides the owner. */
    public synchronized List<String> watchers() {
        return audience.users();
    }

    private void tellWatchers() {
        if (viewer != null) {
            viewer.watchers(audience.users());
        }
    }

    /** Ends it if it is past one of these limits. */
    public void keepWithin(SessionLimits limits) {
        String past = past(limits);
        if (!past.isEmpty()) {
            kill(past);
        }
    }

    private synchronized String past(SessionLimits limits) {
        Instant now = clock.instant();
        if (end != null) {
            return "";
        }
        if (witness != null && witness.isLate()) {
            return "unrecorded";
        }
        if (witness != null && !witness.broken().isEmpty()) {
            return witness.broken();
        }
        if (now.isAfter(started.plus(limits.total()))) {
            return "total";
        }
        if (viewer == null && now.isAfter(seen.plus(limits.detached()))) {
            return "detached";
        }
        return now.isAfter(typed.plus(limits.idle())) ? "idle" : "";
    }

    private void tellEnd() {
        viewer.end(code(), end.exitCode(), end.message());
    }

    private String code() {
        return ending.isEmpty() ? "exit" : ending;
    }

    /** Random, not to be guessed. */
    public String id() {
        return id;
    }

    /** Id of the only user who may attach. */
    public String owner() {
        return owner;
    }

    public Target target() {
        return target;
    }

    public Instant started() {
        return started;
    }

    /** Whether a witness keeps what it shows. */
    public boolean isRecorded() {
        return witness != null;
    }

    /** Whether somebody looks. */
    public synchronized boolean isWatched() {
        return viewer != null;
    }

    public synchronized boolean isEnded() {
        return end != null;
    }

    /** Why it is over, in one of the words of {@link #kill} or {@code exit}; empty while it runs. */
    public synchronized String ending() {
        return end == null ? "" : code();
    }

    /** Whether its shell is over, too. */
    public synchronized boolean isOverByItself() {
        return end != null && ending.isEmpty() && end.exitCode() != ExecEnd.UNKNOWN;
    }

    /** Bytes the shell has said so far. */
    public synchronized long said() {
        return backlog.end();
    }
}
