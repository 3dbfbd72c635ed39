package io.jenkins.plugins.shera.kube.exec;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** What a running command says; called by one thread at a time, which must not be held. */
public interface ExecListener {

    /**
     * A piece of output. Nothing more is read from the network until the returned stage is complete.
     *
     * @param error whether it came on stderr, which a terminal never does
     * @param data valid until the stage is complete
     */
    CompletionStage<?> output(boolean error, ByteBuffer data);

    /** The command or the connection ended; the last call, made exactly once. */
    void ended(ExecEnd end);
}
