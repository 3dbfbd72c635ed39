package io.jenkins.plugins.shera.terminal.session;

import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Those who watch a session besides its owner. Whoever is slower than the session loses it; the session waits for none. Not thread-safe. */
final class Audience {
    /** How many may watch. */
    static final int MOST = 20;

    /** Bytes that may be under way to one of them. */
    static final int MOST_UNCONFIRMED = 1 << 20;

    private static final class Watcher {
        private final String user;
        private long confirmed;

        Watcher(String user, long confirmed) {
            this.user = user;
            this.confirmed = confirmed;
        }
    }

    private final Map<Viewer, Watcher> watchers = new LinkedHashMap<>();

    boolean isFull() {
        return watchers.size() >= MOST;
    }

    /** One more, who sees what the backlog still has. */
    void add(Viewer viewer, String user, Backlog backlog, int columns, int rows) {
        long from = backlog.from(-1);
        watchers.put(viewer, new Watcher(user, from));
        viewer.size(columns, rows);
        viewer.begin(from, Long.MAX_VALUE);
        backlog.since(from).forEach(viewer::output);
    }

    /** Whether somebody was too slow and is gone. */
    boolean output(byte[] piece, long end) {
        boolean lost = false;
        for (Iterator<Map.Entry<Viewer, Watcher>> all = watchers.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Viewer, Watcher> each = all.next();
            if (end - each.getValue().confirmed > MOST_UNCONFIRMED) {
                all.remove();
                each.getKey().end("slow", ExecEnd.UNKNOWN, "");
                lost = true;
            } else {
                each.getKey().output(ByteBuffer.wrap(piece));
            }
        }
        return lost;
    }

    void confirm(Viewer viewer, long offset, long end) {
        Watcher watcher = watchers.get(viewer);
        if (watcher != null && offset > watcher.confirmed && offset <= end) {
            watcher.confirmed = offset;
        }
    }

    void size(int columns, int rows) {
        watchers.keySet().forEach(each -> each.size(columns, rows));
    }

    boolean remove(Viewer viewer) {
        return watchers.remove(viewer) != null;
    }

    /** Sends those of a user away. */
    boolean remove(String user, String code) {
        List<Viewer> theirs = watchers.entrySet().stream()
                .filter(each -> each.getValue().user.equals(user))
                .map(Map.Entry::getKey)
                .toList();
        theirs.forEach(each -> {
            watchers.remove(each);
            each.end(code, ExecEnd.UNKNOWN, "");
        });
        return !theirs.isEmpty();
    }

    /** Sends all away. */
    void end(String code, int exitCode) {
        watchers.keySet().forEach(each -> each.end(code, exitCode, ""));
        watchers.clear();
    }

    List<String> users() {
        return watchers.values().stream().map(each -> each.user).distinct().toList();
    }
}
