package io.jenkins.plugins.shera.terminal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Runs a command in one container, with input. */
@FunctionalInterface
public interface FileShell {
    /** Exit code of a command that is not there. */
    int NO_PROGRAM = 127;

    /**
     * Runs a command by its argument vector and waits for its end.
     *
     * @param input what it reads, or null for nothing
     * @param output takes what it prints; an error it throws ends the command
     * @return exit code, and the beginning of what it wrote to standard error
     * @throws IOException if the container cannot be reached or the connection breaks
     */
    Ended run(List<String> command, InputStream input, OutputStream output) throws IOException;

    /** How a command ended. */
    record Ended(int code, String errors) {}
}
