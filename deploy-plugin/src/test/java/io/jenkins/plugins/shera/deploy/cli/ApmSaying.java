package io.jenkins.plugins.shera.deploy.cli;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Says shera-apm for the application shop of retail in prod; the answer begins with the exit code. */
public final class ApmSaying {

    private ApmSaying() {}

    /** As this user, with what is set in the command. */
    public static String say(String user, Consumer<ApmCommand> options) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            ApmCommand command = new ApmCommand();
            command.stdout = new PrintStream(said, true, StandardCharsets.UTF_8);
            command.stderr = command.stdout;
            command.tenant = "retail";
            command.application = "shop";
            command.environment = "prod";
            options.accept(command);
            return command.run() + " " + said.toString(StandardCharsets.UTF_8);
        }
    }
}
