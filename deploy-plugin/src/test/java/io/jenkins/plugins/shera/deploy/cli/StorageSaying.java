package io.jenkins.plugins.shera.deploy.cli;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Says shera-storage for the application shop of retail in prod; the answer begins with the exit code. */
public final class StorageSaying {

    private StorageSaying() {}

    /** As this user; empty arguments are left out. */
    public static String say(String user, String claim, String size, String delete) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            StorageCommand command = new StorageCommand();
            command.stdout = new PrintStream(said, true, StandardCharsets.UTF_8);
            command.stderr = command.stdout;
            command.tenant = "retail";
            command.application = "shop";
            command.environment = "prod";
            command.claim = claim;
            command.size = size;
            command.delete = delete;
            return command.run() + " " + said.toString(StandardCharsets.UTF_8);
        }
    }
}
