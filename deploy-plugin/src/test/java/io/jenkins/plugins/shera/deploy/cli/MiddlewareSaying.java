package io.jenkins.plugins.shera.deploy.cli;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Says shera-middleware for the application shop of retail in prod; the answer begins with the exit code. */
public final class MiddlewareSaying {

    private MiddlewareSaying() {}

    /** As this user, with what is set in the command. */
    public static String say(String user, Consumer<MiddlewareCommand> options) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            MiddlewareCommand command = new MiddlewareCommand();
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
