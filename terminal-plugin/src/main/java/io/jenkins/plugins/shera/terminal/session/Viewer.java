package io.jenkins.plugins.shera.terminal.session;

import java.nio.ByteBuffer;
import java.util.List;

/** The browser tab that shows a session. Calls come from one thread at a time and must not wait. */
public interface Viewer {

    /**
     * First call: the next byte is the one at this offset of all the session ever said. What stands before {@code seen} was shown
     * before, so that questions of programs in it are answered already.
     */
    void begin(long offset, long seen);

    /** The size of the screen, for who cannot choose it. */
    default void size(int columns, int rows) {
        // The owner's page has its own.
    }

    /** Who watches besides, by their ids, for the owner's page. */
    default void watchers(List<String> users) {
        // Whoever watches does not see the others.
    }

    /** Bytes of output, in order. */
    void output(ByteBuffer data);

    /** The session is over, or another tab took it. */
    void end(String code, int exitCode, String message);
}
