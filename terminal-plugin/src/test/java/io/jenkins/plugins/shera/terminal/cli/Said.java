package io.jenkins.plugins.shera.terminal.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command says, its exit code first. */
public final class Said {

    private Said() {}

    /** Runs it as the caller. */
    public static String by(DebugCopyCommand command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        command.stdout = new PrintStream(said, true, StandardCharsets.UTF_8);
        command.stderr = command.stdout;
        return command.run() + "\n" + said.toString(StandardCharsets.UTF_8);
    }
}
