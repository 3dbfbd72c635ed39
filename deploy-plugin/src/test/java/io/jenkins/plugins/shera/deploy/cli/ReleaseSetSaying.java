package io.jenkins.plugins.shera.deploy.cli;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Says shera-release-set for the tenant retail; the answer begins with the exit code. */
public final class ReleaseSetSaying {

    private ReleaseSetSaying() {}

    /** As this user, with these members and their order. */
    public static String say(String user, List<String> members, List<String> after) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            ReleaseSetCommand command = new ReleaseSetCommand();
            command.stdout = new PrintStream(said, true, StandardCharsets.UTF_8);
            command.stderr = command.stdout;
            command.tenant = "retail";
            command.members = members;
            command.after = after;
            command.router = "replicas";
            return command.run() + " " + said.toString(StandardCharsets.UTF_8);
        }
    }
}
