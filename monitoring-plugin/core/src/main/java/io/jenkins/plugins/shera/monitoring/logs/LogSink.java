package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;

/**
 * Takes the records of a search one after the other; a slow sink makes the search wait. The content of a long record comes in
 * several pieces, whose bytes are only lent.
 */
public interface LogSink {

    /** A record begins; {@code error} is true for what was written to standard error. */
    void begin(long stamp, boolean error) throws IOException;

    /** More of its content, the line feed at its end among it. */
    void content(byte[] bytes, int from, int length) throws IOException;

    /** The record is complete. */
    void end() throws IOException;
}
