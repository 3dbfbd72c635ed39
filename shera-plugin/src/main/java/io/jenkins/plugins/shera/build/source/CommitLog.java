package io.jenkins.plugins.shera.build.source;

import io.jenkins.plugins.shera.build.process.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Asks a checkout which commits came between two; fetches nothing and runs nothing that the repository names. */
public final class CommitLog {
    /** How many commits are listed. */
    public static final int MOST = 50;

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_AUTHOR = 100;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    /** Control characters, and those that turn the direction of what stands after them. */
    private static final Pattern UNSHOWN = Pattern.compile(
            "[\\p{Cc}\\p{Cs}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff]");

    private static final Map<String, String> QUIET = Map.of(
            "GIT_TERMINAL_PROMPT",
            "0",
            "GIT_ALLOW_PROTOCOL",
            "none",
            "GIT_NO_LAZY_FETCH",
            "1",
            "GIT_OPTIONAL_LOCKS",
            "0",
            "LC_ALL",
            "C");
    /** Fields end with NUL, which no commit can hold; git itself cuts them, to twice of what is shown. */
    private static final String FORMAT = "--format=tformat:%H%x00%<(" + 2 * LONGEST_AUTHOR + ",trunc)%an%x00%<("
            + 2 * LONGEST_SUBJECT + ",trunc)%s%x00";

    private final Programs programs;
    private final Map<String, String> environment;

    /** The programs run in the checkout, and end an answer that takes too long by an {@link IOException}. */
    public CommitLog(Programs programs, Map<String, String> environment) {
        this.programs = programs;
        this.environment = new HashMap<>(environment);
        this.environment.putAll(QUIET);
    }

    /** Whether it is a whole commit id. */
    public static boolean isCommit(String text) {
        return HASH.matcher(text).matches();
    }

    /** What came after the commit of an earlier build, up to the commit of this one; a list that is not to be had fails nothing. */
    public Commits read(int build, String before, String now) throws InterruptedException {
        if (!isCommit(before) || !isCommit(now)) {
            throw new IllegalArgumentException("before and now are no commits");
        }
        try {
            return ask(build, before, now);
        } catch (IOException e) {
            return new Commits(build, before, Commits.State.FAILED, List.of(), 0);
        }
    }

    private Commits ask(int build, String before, String now) throws IOException, InterruptedException {
        if (before.equals(now)) {
            return new Commits(build, before, Commits.State.LISTED, List.of(), 0);
        }
        boolean shallow =
                good(git("rev-parse", "--is-shallow-repository")).strip().equals("true");
        if (!git("cat-file", "-e", before + "^{commit}").isGood()) {
            return shallow
                    ? list(build, before, Commits.State.SHALLOW, now)
                    : new Commits(build, before, Commits.State.UNKNOWN, List.of(), 0);
        }
        Programs.Outcome ancestor = git("merge-base", "--is-ancestor", before, now);
        if (ancestor.code() != 1) {
            good(ancestor);
        }
        Commits.State otherwise = shallow ? Commits.State.SHALLOW : Commits.State.APART;
        return list(build, before, ancestor.isGood() ? Commits.State.LISTED : otherwise, before + ".." + now);
    }

    private Commits list(int build, String before, Commits.State state, String range)
            throws IOException, InterruptedException {
        String count = good(git("rev-list", "--no-merges", "--count", range, "--"));
        // The newest comes last, as of an output that is too long the last part is kept.
        String listed = good(git(
                "log", "--no-merges", "--no-show-signature", "--reverse", "--max-count=" + MOST, FORMAT, range, "--"));
        List<Commits.Commit> list = parse(listed);
        int all = count.strip().matches("[0-9]{1,9}") ? Integer.parseInt(count.strip()) : list.size();
        return new Commits(build, before, state, list, Math.max(0, all - list.size()));
    }

    private static List<Commits.Commit> parse(String output) {
        String[] fields = output.split("\0", -1);
        List<Commits.Commit> list = new ArrayList<>();
        for (int i = fields.length - 4; i >= 0 && list.size() < MOST; i -= 3) {
            String hash = fields[i].substring(fields[i].lastIndexOf('\n') + 1);
            if (!isCommit(hash)) {
                break;
            }
            list.add(new Commits.Commit(
                    hash, shown(fields[i + 2], LONGEST_SUBJECT), shown(fields[i + 1], LONGEST_AUTHOR)));
        }
        return list;
    }

    private static String shown(String text, int longest) {
        String plain = UNSHOWN.matcher(text.strip()).replaceAll("\ufffd");
        int end = Math.min(plain.length(), longest);
        if (end < plain.length() && Character.isHighSurrogate(plain.charAt(end - 1))) {
            end--;
        }
        return end < plain.length() ? plain.substring(0, end) + "\u2026" : plain;
    }

    private static String good(Programs.Outcome outcome) throws IOException {
        if (!outcome.isGood()) {
            throw new IOException("git ended with " + outcome.code());
        }
        return outcome.output();
    }

    private Programs.Outcome git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "i18n.logOutputEncoding=UTF-8"));
        command.addAll(List.of(words));
        return programs.run(command, environment, false);
    }
}
