package io.jenkins.plugins.shera.terminal.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.copy.DebugCopies;
import io.jenkins.plugins.shera.terminal.copy.DebugCopy;
import io.jenkins.plugins.shera.terminal.desk.CopyDesk;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-debug-copy TENANT APPLICATION ENVIRONMENT [-pod POD | -delete COPY]}: makes a debug copy and waits until one can go
 * in, removes one, or lists copies and what can be copied.
 */
@Extension
public class DebugCopyCommand extends CLICommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 1000;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Option(name = "-pod", metaVar = "POD", usage = "copy this pod")
    public String pod = "";

    @Option(name = "-container", metaVar = "NAME", usage = "hold this container, where the pod has more than one")
    public String container = "";

    @Option(name = "-minutes", metaVar = "MINUTES", usage = "how long the copy lives; 120 unless given")
    public int minutes;

    @Option(
            name = "-claims",
            metaVar = "WORD",
            usage = "what becomes of persistent volumes: shared, readonly or empty; refused unless given")
    public String claims = "";

    @Option(name = "-skip-init", usage = "run no init containers in the copy")
    public boolean skipInit;

    @Option(name = "-delete", metaVar = "COPY", usage = "remove this copy")
    public String delete = "";

    @Override
    public String getName() {
        return "shera-debug-copy";
    }

    @Override
    public String getShortDescription() {
        return Messages.DebugCopyCommand_description();
    }

    @Override
    protected int run() {
        try {
            if (Stream.of(pod, delete).noneMatch(String::isEmpty)) {
                throw Refusal.input(
                        "shera-debug-copy", Messages.CopyCommand_one(), Messages.DebugCopyCommand_one_next());
            }
            try (CopyDesk desk = CopyDesk.open(tenant, application, environment)) {
                return act(desk);
            }
        } catch (Refusal | IOException e) {
            stderr.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int act(CopyDesk desk) throws IOException, InterruptedException {
        if (!delete.isEmpty()) {
            desk.delete(delete);
            return 0;
        }
        if (!pod.isEmpty()) {
            return wait(desk, desk.start(pod, container, minutes, claims, !skipInit));
        }
        for (DebugCopy each : desk.list()) {
            stdout.printf("%s %s %s %s %s%n", each.name(), each.state(), each.ends(), each.of(), each.container());
        }
        for (DebugCopies.Candidate each : desk.candidates()) {
            stderr.printf("%s %s %s %d%n", each.pod(), each.container(), each.state(), each.restarts());
        }
        return 0;
    }

    private int wait(CopyDesk desk, DebugCopy made) throws IOException, InterruptedException {
        stdout.println(made.name());
        long end = System.nanoTime() + PATIENCE.toNanos();
        DebugCopy now = made;
        while (now.state().equals("starting") && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
            now = desk.list().stream()
                    .filter(each -> each.name().equals(made.name()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.unknown(
                            made.name(), Messages.DebugCopyCommand_gone(), Messages.DebugCopyCommand_gone_next()));
        }
        if (now.state().equals("running")) {
            return 0;
        }
        stderr.println(
                now.state().equals("noshell")
                        ? Messages.DebugCopyCommand_noshell(now.container())
                        : Messages.DebugCopyCommand_state(now.state(), now.why()));
        return 1;
    }
}
