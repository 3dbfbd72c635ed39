package io.jenkins.plugins.shera.monitoring.sources;

import java.io.Closeable;
import java.io.IOException;

/** Lines one after the other; the next is fetched when it is asked for. Closing it from another thread ends it. */
public interface LogStream extends Closeable {

    /** The next line, null at the end. */
    LogLine next() throws IOException;
}
