package io.jenkins.plugins.shera.terminal.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.desk.CommandDesk;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;
import org.kohsuke.args4j.spi.StopOptionHandler;

/**
 * {@code shera-exec TENANT APPLICATION ENVIRONMENT POD -- COMMAND [ARG ...]}: runs one command in a container, without a shell
 * around it; its exit code is the command's own.
 */
@Extension
public class ExecCommand extends CLICommand {
    private static final int FAILED = 255;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Argument(index = 3, metaVar = "POD", required = true, usage = "name of the pod")
    public String pod = "";

    @Argument(index = 4, metaVar = "COMMAND", required = true, usage = "program and arguments, after --")
    @Option(name = "--", handler = StopOptionHandler.class)
    public List<String> command = new ArrayList<>();

    @Option(name = "-container", metaVar = "NAME", usage = "container, where the pod has more than one")
    public String container = "";

    @Option(name = "-timeout", metaVar = "SECONDS", usage = "how long it may take, 300 at most; 60 unless given")
    public int timeout = 60;

    @Override
    public String getName() {
        return "shera-exec";
    }

    @Override
    public String getShortDescription() {
        return Messages.ExecCommand_description();
    }

    @Override
    protected int run() {
        try {
            CommandDesk.check(command, timeout);
            try (CommandDesk desk = CommandDesk.open(tenant, application, environment, pod, container)) {
                desk.record(to -> to);
                if (!desk.page().isEmpty()) {
                    stderr.println(Messages.ExecCommand_recorded(desk.page()));
                }
                ExecEnd end = desk.run(command, Duration.ofSeconds(timeout), (error, piece) -> print(error, piece));
                CommandDesk.check(desk.place(), end);
                return end.exitCode();
            }
        } catch (Refusal | IOException e) {
            stderr.println(e.getMessage());
            return FAILED;
        }
    }

    private synchronized void print(boolean error, byte[] piece) {
        PrintStream to = error ? stderr : stdout;
        to.write(piece, 0, piece.length);
        to.flush();
    }
}
