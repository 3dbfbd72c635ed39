package io.jenkins.plugins.shera.terminal.session;

import java.nio.ByteBuffer;

/** The browser tab that shows a session. Calls come from one thread at a time and must not wait. */
public interface Viewer {

    /**
     * First call: the next byte is the one at this offset of all the session ever said. What stands before {@code seen} was shown
     * before, so that questions of programs in it are answered already.
     */
    void begin(long offset, long seen);

    /** Bytes of output, in order. */
    void output(ByteBuffer data);

    /** The session is over, or another tab took it. */
    void end(String code, int exitCode, String message);
}
