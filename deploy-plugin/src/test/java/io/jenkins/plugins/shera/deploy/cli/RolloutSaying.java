package io.jenkins.plugins.shera.deploy.cli;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code shera-rollout} as a person says it: its exit code, a space, and what it said. */
public final class RolloutSaying {

    private RolloutSaying() {}

    /** To one rollout in prod. */
    public static String alone(String user, String application, String verb) {
        return say(user, application, verb, false);
    }

    /** To the whole release set of a rollout in prod. */
    public static String set(String user, String application, String verb) {
        return say(user, application, verb, true);
    }

    private static String say(String user, String application, String verb, boolean set) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            RolloutCommand command = new RolloutCommand();
            command.stdout = new PrintStream(said, true, StandardCharsets.UTF_8);
            command.stderr = command.stdout;
            command.tenant = "retail";
            command.application = application;
            command.environment = "prod";
            command.verb = verb;
            command.set = set;
            return command.run() + " " + said.toString(StandardCharsets.UTF_8);
        }
    }
}
