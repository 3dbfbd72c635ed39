package io.jenkins.plugins.shera.monitoring.agent.http;

import java.util.HashMap;
import java.util.Map;

/** How many logs are read at once, and by whom; so that one user leaves room for the others. Usable from many threads. */
final class Readers {

    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> ofUser = new HashMap<>();
    private int all;

    Readers(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** One reader's; closing it makes room for another. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** A place for this user, or null when there is none. */
    synchronized Place enter(String user) {
        int own = ofUser.getOrDefault(user, 0);
        if (all >= most || own >= mostOfOne) {
            return null;
        }
        all++;
        ofUser.put(user, own + 1);
        return () -> leave(user);
    }

    private synchronized void leave(String user) {
        all--;
        ofUser.computeIfPresent(user, (each, count) -> count > 1 ? count - 1 : null);
    }
}
