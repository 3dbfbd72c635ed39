package io.jenkins.plugins.shera.kube.exec;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A running command. Usable from many threads. */
public interface ExecConnection extends AutoCloseable {

    /** Most bytes of input that may wait to be sent. */
    int MOST_WAITING = 1 << 20;

    /**
     * Sends input. Who writes much waits for the future before the next piece.
     *
     * @return complete when the network took it; failed when more than {@link #MOST_WAITING} bytes wait, or after the end
     */
    CompletableFuture<Void> write(ByteBuffer data);

    /** Tells the terminal its size in characters. */
    CompletableFuture<Void> resize(int columns, int rows);

    /** Ends the input, as end-of-file; false with a server that cannot be told. */
    boolean closeInput();

    /** Drops the connection; the command gets a hang-up if it has a terminal and its server sees to it. */
    @Override
    void close();
}
