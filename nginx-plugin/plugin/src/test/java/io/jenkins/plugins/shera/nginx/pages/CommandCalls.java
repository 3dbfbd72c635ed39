package io.jenkins.plugins.shera.nginx.pages;

import hudson.cli.CLICommand;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Commands of Jenkins' command line as people give them, and the archives they give them. */
final class CommandCalls {

    private CommandCalls() {}

    /** An archive of one file. */
    static byte[] zip(String name, String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Its exit code, a blank, and what it printed. */
    static String cli(CLICommand command, String user, byte[] input, String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2());
                PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            command.setTransportAuth2(User.getById(user, true).impersonate2());
            int code = command.main(List.of(arguments), Locale.ENGLISH, new ByteArrayInputStream(input), print, print);
            return code + " " + out.toString(StandardCharsets.UTF_8);
        }
    }
}
