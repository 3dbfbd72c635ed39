package io.jenkins.plugins.shera.terminal.cli;

import hudson.cli.CLICommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command says, its exit code first. */
public final class Said {

    private Said() {}

    private static int exit(CLICommand command) {
        return command instanceof DebugCopyCommand copy ? copy.run() : ((DebugContainerCommand) command).run();
    }

    /** Runs it as the caller. */
    public static String by(CLICommand command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        command.stdout = new PrintStream(said, true, StandardCharsets.UTF_8);
        command.stderr = command.stdout;
        return exit(command) + "\n" + said.toString(StandardCharsets.UTF_8);
    }
}
