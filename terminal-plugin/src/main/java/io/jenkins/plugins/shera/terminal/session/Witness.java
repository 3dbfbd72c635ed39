package io.jenkins.plugins.shera.terminal.session;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Keeps what a session shows; when it cannot, the session ends. Calls come from many threads, one at a time, and must not wait. */
public interface Witness {

    /** First call: whom to tell, once, with the word for why nothing can be kept any more. */
    void whenBroken(Consumer<String> told);

    /** The next output. Nothing more is taken from the shell until the stage is complete; it fails when nothing is kept any more. */
    CompletionStage<?> output(byte[] piece);

    /** The terminal has this size from now on, in characters. */
    void resized(int columns, int rows);

    /** The word for why nothing is kept any more; empty while it is. */
    String broken();

    /** Whether something waits to be kept for longer than it may. */
    boolean isLate();

    /** Last call: the session is over; the code is the word its page has a text for. */
    void ended(String code, int exitCode);
}
