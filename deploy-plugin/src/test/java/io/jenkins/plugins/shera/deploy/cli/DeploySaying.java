package io.jenkins.plugins.shera.deploy.cli;

import hudson.model.User;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says shera-deploy for the application shop of the tenant retail; the answer begins with the exit code. */
public final class DeploySaying {

    private DeploySaying() {}

    /** As this user, with this text on the standard input, and these words after the environment. */
    public static String say(String user, String input, String environment, String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
        DeployCommand command = new DeployCommand();
        command.setTransportAuth2(User.getById(user, true).impersonate2());
        List<String> line = new ArrayList<>(List.of("retail", "shop", environment));
        line.addAll(List.of(words));
        int code = command.main(
                line, Locale.ENGLISH, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), to, to);
        return code + " " + said.toString(StandardCharsets.UTF_8);
    }
}
