package io.jenkins.plugins.shera.build.source;

import io.jenkins.plugins.shera.build.process.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Brings a workspace to what a {@link GitSource} names; can be repeated at any point without harm. */
public final class GitCheckout {
    private static final Map<String, String> QUIET = Map.of(
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_ALLOW_PROTOCOL", "http:https:ssh:git:file",
            // A source may name any server in its .lfsconfig, which would get our credentials.
            "GIT_LFS_SKIP_SMUDGE", "1",
            "LC_ALL", "C");

    private final Programs programs;
    private final Map<String, String> environment = new HashMap<>(QUIET);

    /** The environment says how git gets its credentials; see {@link GitCredentials}. */
    public GitCheckout(Programs programs, Map<String, String> credentials) {
        this.programs = programs;
        environment.putIfAbsent("GIT_ASKPASS", "true");
        environment.putIfAbsent("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20");
        environment.putAll(credentials);
    }

    /** Fetches and checks out; what is in the workspace and not in the commit is removed. */
    public Revision checkOut(GitSource source) throws IOException, InterruptedException {
        must(source, "init", "--quiet", ".");
        String wanted = source.isCommit() ? source.ref() : find(source);
        Programs.Outcome fetched = git("fetch", "--force", "--no-tags", "--quiet", "--", source.url(), wanted);
        if (!fetched.isGood() && source.isCommit()) {
            // Not every server gives single commits; all branches and tags have it if anybody can reach it.
            must(
                    source,
                    "fetch",
                    "--force",
                    "--quiet",
                    "--",
                    source.url(),
                    "+refs/heads/*:refs/shera/heads/*",
                    "+refs/tags/*:refs/shera/tags/*");
        } else if (!fetched.isGood()) {
            throw failure(source, fetched);
        }
        String target = source.isCommit() ? source.ref() : "FETCH_HEAD";
        Programs.Outcome checkedOut = git("checkout", "--quiet", "--force", "--detach", target + "^{commit}", "--");
        if (!checkedOut.isGood()) {
            throw source.isCommit() ? notFound(source) : failure(source, checkedOut);
        }
        must(source, "clean", "-ffdxq");
        refusePointers(source);
        return new WorkspaceRevision(programs, environment).read();
    }

    /**
     * What the commit has elsewhere: the names of its submodules with their folders, which stay empty.
     *
     * @return lines as git writes them, at most ten
     */
    public List<String> submodules() throws IOException, InterruptedException {
        Programs.Outcome found = git("config", "--blob", "HEAD:.gitmodules", "--get-regexp", "^submodule\\..*\\.path$");
        return found.isGood() ? found.output().lines().limit(10).toList() : List.of();
    }

    /** A pointer of Git LFS would go into the image in place of its file, and nobody would notice. */
    private void refusePointers(GitSource source) throws IOException, InterruptedException {
        Programs.Outcome found = git(
                "grep",
                "-l",
                "--fixed-strings",
                "-e",
                "version https://git-lfs.github.com/spec/",
                "--",
                ":(attr:filter=lfs)");
        if (found.isGood()) {
            List<String> names = found.output().lines().toList();
            throw new SourceException("The source " + source + " keeps files in Git LFS (" + names.get(0)
                    + (names.size() > 1 ? " and others" : "")
                    + "), of which only pointers were fetched: those would go into the image instead. Check the source out"
                    + " by Jenkins' own checkout step with Git LFS, and then give this step no git address.");
        }
        if (found.code() != 1) {
            throw failure(source, found);
        }
    }

    /** The full name of the ref at the other end: a branch goes before a tag of the same name. */
    private String find(GitSource source) throws IOException, InterruptedException {
        List<String> candidates = source.ref().isEmpty()
                ? List.of("HEAD")
                : source.ref().startsWith("refs/")
                        ? List.of(source.ref())
                        : List.of("refs/heads/" + source.ref(), "refs/tags/" + source.ref());
        List<String> command = new ArrayList<>(List.of("ls-remote", "--", source.url()));
        command.addAll(candidates);
        Programs.Outcome listed = git(command.toArray(new String[0]));
        if (!listed.isGood()) {
            throw failure(source, listed);
        }
        for (String candidate : candidates) {
            if (listed.output().lines().anyMatch(line -> line.endsWith("\t" + candidate))) {
                return candidate;
            }
        }
        throw notFound(source);
    }

    private static SourceException notFound(GitSource source) {
        return new SourceException("There is no " + source
                + ": check the name of the branch or tag, or whether the commit" + " was pushed there.");
    }

    private void must(GitSource source, String... words) throws IOException, InterruptedException {
        Programs.Outcome outcome = git(words);
        if (!outcome.isGood()) {
            throw failure(source, outcome);
        }
    }

    private Programs.Outcome git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "credential.helper=",
                "-c",
                "http.lowSpeedLimit=1000",
                "-c",
                "http.lowSpeedTime=60",
                "-c",
                "advice.detachedHead=false"));
        command.addAll(List.of(words));
        return programs.run(command, environment, false);
    }

    private static SourceException failure(GitSource source, Programs.Outcome outcome) {
        String said = outcome.output().toLowerCase(Locale.ROOT);
        String start = "The source " + source + " could not be fetched: ";
        if (contains(said, "host key verification failed")) {
            return new SourceException(
                    start + "the server's SSH host key is not known, or is another one than was known. Compare the"
                            + " key with what the server's administrator publishes, then add it under Manage Jenkins, System,"
                            + " SheRa: git servers, or to the known_hosts of the user the agent runs as.");
        }
        if (contains(
                said,
                "authentication failed",
                "could not read username",
                "could not read password",
                "permission denied",
                "terminal prompts disabled",
                "error: 401",
                "error: 403",
                "access denied",
                "invalid credentials")) {
            return new SourceException(
                    start + "the server needs credentials, or refuses these. Set credentialsId to a user"
                            + " and password or an SSH key that may read the repository.");
        }
        if (contains(
                said,
                "could not resolve host",
                "connection refused",
                "timed out",
                "failed to connect",
                "couldn't connect",
                "no route to host",
                "network is unreachable",
                "connection reset",
                "name or service not known",
                "unable to connect",
                "early eof",
                "too slow")) {
            return new SourceException(
                    start + "the server does not answer. Check the address, and that this agent may reach"
                            + " it. git said: " + last(outcome));
        }
        if (contains(
                said,
                "repository not found",
                "does not appear to be a git repository",
                "not found",
                "does not exist",
                "no such file")) {
            return new SourceException(start
                    + "there is no repository at that address, or it is hidden from these credentials. Check both.");
        }
        return new SourceException(start + "git ended with " + outcome.code() + " and said: " + last(outcome));
    }

    private static boolean contains(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static String last(Programs.Outcome outcome) {
        return outcome.output()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((a, b) -> b)
                .orElse("nothing");
    }
}
