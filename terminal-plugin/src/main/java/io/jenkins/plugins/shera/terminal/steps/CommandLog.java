package io.jenkins.plugins.shera.terminal.steps;

import io.jenkins.plugins.shera.terminal.command.CommandRun;
import io.jenkins.plugins.shera.terminal.command.Lines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Puts what a command prints into the build's log, up to a bound, looks for the expected text, and keeps the beginning. */
final class CommandLog implements CommandRun.Output {
    /** Characters of one command that go into the log. */
    static final int MOST_LOGGED = 1 << 20;

    private static final int MOST_KEPT = 16 * 1024;

    private final PrintStream log;
    private final String expected;
    private final Lines output = new Lines(this::line);
    private final Lines errors = new Lines(this::line);
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long logged;
    private long hidden;
    private boolean found;

    /** {@code expected} is null when nothing is. */
    CommandLog(PrintStream log, String expected) {
        this.log = log;
        this.expected = expected;
    }

    @Override
    public synchronized void take(boolean error, byte[] piece) {
        if (!error) {
            kept.write(piece, 0, Math.min(piece.length, MOST_KEPT - kept.size()));
        }
        (error ? errors : output).take(piece);
    }

    private synchronized void line(String line) {
        found |= expected != null && line.contains(expected);
        if (logged + line.length() < MOST_LOGGED) {
            logged += line.length() + 1;
            log.println(line);
        } else {
            hidden++;
        }
    }

    /** Nothing more comes; says how much the log does not have. */
    synchronized void end() {
        output.end();
        errors.end();
        if (hidden > 0) {
            log.println(Messages.CommandLog_hidden(hidden, MOST_LOGGED >> 20));
            hidden = 0;
        }
    }

    /** Whether the expected text stood in a line, or none was expected. */
    synchronized boolean isFound() {
        return expected == null || found;
    }

    /** The beginning of standard output. */
    synchronized String kept() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
