package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The group in which the workers of an nginx run, when its master is root and they are somebody else. */
final class WorkerGroup {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern BUILT = Pattern.compile("--group=([A-Za-z0-9_-]+)");
    private static final Pattern BUILT_USER = Pattern.compile("--user=([A-Za-z0-9_-]+)");

    private WorkerGroup() {}

    /** Empty where we are not root: then the workers are the same user as we are. */
    static Optional<GroupPrincipal> of(NginxInstallation nginx) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        for (String name : List.of(name(nginx), "nogroup")) {
            try {
                return Optional.of(nginx.folder()
                        .getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByGroupName(name));
            } catch (UserPrincipalNotFoundException e) {
                if (!"nobody".equals(name)) {
                    throw new Rollover.RefusedException(
                            "The workers of nginx run in the group '" + name + "', which this"
                                    + " machine does not know, so no password file can be readable for them alone. Correct the"
                                    + " directive 'user' in " + nginx.mainConfig() + ".");
                }
            }
        }
        return Optional.empty();
    }

    /** As nginx decides it: its directive, otherwise how it was built. */
    private static String name(NginxInstallation nginx) throws IOException, InterruptedException {
        try {
            for (Statement statement : Parser.parse("nginx.conf", Files.readString(nginx.mainConfig()))
                    .statements()) {
                if (statement.name().equals("user") && !statement.arguments().isEmpty()) {
                    return statement.arguments().get(statement.arguments().size() - 1);
                }
            }
        } catch (SyntaxException e) {
            // The test by nginx tells what is wrong with it.
        }
        String said = Command.run(
                        List.of(nginx.binary().toString(), "-V"), nginx.folder().getRoot(), LIMIT)
                .output();
        for (Pattern built : List.of(BUILT, BUILT_USER)) {
            Matcher found = built.matcher(said);
            if (found.find()) {
                return found.group(1);
            }
        }
        return "nobody";
    }

    /**
     * Refuses a folder that the group could not come into.
     *
     * @throws Rollover.RefusedException naming the folder that is in the way
     */
    static void requireReach(Path folder, GroupPrincipal group) throws IOException {
        requireReach(folder, group, "a password file");
    }

    /** The same, naming what they could not read. */
    static void requireReach(Path folder, GroupPrincipal group, String what) throws IOException {
        for (Path above = folder; above != null; above = above.getParent()) {
            PosixFileAttributes found = Files.readAttributes(above, PosixFileAttributes.class);
            Set<PosixFilePermission> permissions = found.permissions();
            if (!permissions.contains(
                    found.group().equals(group)
                            ? PosixFilePermission.GROUP_EXECUTE
                            : PosixFilePermission.OTHERS_EXECUTE)) {
                throw new Rollover.RefusedException("The workers of nginx (group " + group.getName()
                        + ") cannot come into " + above
                        + ", and so could not read " + what + ". Allow it: chmod o+x "
                        + above);
            }
        }
    }
}
