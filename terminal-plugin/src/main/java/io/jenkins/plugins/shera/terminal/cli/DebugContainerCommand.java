package io.jenkins.plugins.shera.terminal.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.copy.DebugContainers;
import io.jenkins.plugins.shera.terminal.desk.DebugContainerDesk;
import java.io.IOException;
import java.time.Duration;
import org.kohsuke.args4j.Argument;

/**
 * {@code shera-debug-container TENANT APPLICATION ENVIRONMENT POD CONTAINER}: puts an ephemeral container with tools beside one whose
 * image has no shell, waits until it runs and prints its name.
 */
@Extension
public class DebugContainerCommand extends CLICommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 1000;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Argument(index = 3, metaVar = "POD", required = true, usage = "name of the pod")
    public String pod = "";

    @Argument(index = 4, metaVar = "CONTAINER", required = true, usage = "container whose processes it is to see")
    public String container = "";

    @Override
    public String getName() {
        return "shera-debug-container";
    }

    @Override
    public String getShortDescription() {
        return Messages.DebugContainerCommand_description();
    }

    @Override
    protected int run() {
        try (DebugContainerDesk desk = DebugContainerDesk.open(tenant, application, environment)) {
            String name = desk.start(pod, container);
            stdout.println(name);
            return wait(desk, name);
        } catch (Refusal | IOException e) {
            stderr.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int wait(DebugContainerDesk desk, String name) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        DebugContainers.Progress now = desk.look(pod, name);
        while (now.state().equals("starting") && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
            now = desk.look(pod, name);
        }
        if (now.state().equals("running")) {
            return 0;
        }
        stderr.println(Messages.DebugContainerCommand_state(now.state(), now.why()));
        return 1;
    }
}
