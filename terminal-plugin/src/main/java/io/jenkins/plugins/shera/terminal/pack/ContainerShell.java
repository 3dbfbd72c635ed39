package io.jenkins.plugins.shera.terminal.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Runs commands in one container, one after the other; calls block and may come from any thread. */
public interface ContainerShell {
    /** Characters of standard error that are kept at most. */
    int LONGEST_ERRORS = 64 * 1024;

    /**
     * Runs a command by its argument vector and waits for its end.
     *
     * @param output takes what the command writes to its standard output; an error it throws ends the command
     * @return the exit code and the beginning of what was written to standard error
     * @throws IOException if the container cannot be reached or the connection breaks
     */
    Ended run(List<String> command, OutputStream output) throws IOException;

    /**
     * Asks whether it is still the container it was in the beginning.
     *
     * @throws PackException if it was started again or replaced meanwhile, so that commands may have met two of them
     */
    void confirm() throws IOException;

    /** How a command ended: 126 and 127 say, as in a shell, that there is no such command; errors are at most {@link #LONGEST_ERRORS} characters. */
    record Ended(int code, String errors) {}
}
