package io.jenkins.plugins.shera.terminal.bench;

import java.io.IOException;

/** A terminal in a container, ours or a peer's. */
interface Arm extends AutoCloseable {
    /** Sends keys. */
    void type(String keys) throws IOException;

    /** Waits until so many bytes came since the start, and gives the number there was. */
    long await(long bytes) throws IOException, InterruptedException;

    /** Bytes that came since the start. */
    long got();

    /** What came from this offset, which a reader may have for the last megabyte. */
    String since(long offset);

    @Override
    void close() throws IOException;
}
