package io.jenkins.plugins.shera.build.source;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.Serializable;
import java.util.regex.Pattern;

/** A repository and what to take from it; both checked, so that neither can be an option or a command. */
public final class GitSource implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 2000;
    private static final Pattern URL = Pattern.compile("(?:https?|ssh|git|file)://[^\\s\\p{Cntrl}]+");
    private static final Pattern SCP = Pattern.compile(
            "[A-Za-z0-9_.][A-Za-z0-9_.-]*@[A-Za-z0-9.][A-Za-z0-9.-]*:[^\\s\\p{Cntrl}-][^\\s\\p{Cntrl}]*");
    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]+");
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+@#=-]{0,250}");

    private final String url;
    private final String ref;

    /**
     * Takes them after a check; an {@link IllegalArgumentException} says what is wrong.
     *
     * @param ref a branch, a tag, a full ref or a commit; empty for the default branch
     */
    public GitSource(String url, String ref) {
        this.url = checkUrl(url);
        this.ref = ref == null || ref.isEmpty() ? "" : checkRef(ref);
    }

    /** Gives the address back when git may see it. */
    public static String checkUrl(String url) {
        String text = url == null ? "" : url;
        if (text.startsWith("-")) {
            throw refused(url, "it begins with a dash, so git would take it for an option");
        }
        if (text.length() > LONGEST) {
            throw refused(url, "it is longer than " + LONGEST + " characters");
        }
        boolean known = URL.matcher(text).matches()
                || SCP.matcher(text).matches()
                || PATH.matcher(text).matches();
        if (!known) {
            throw refused(url, "it begins with https://, ssh://, git://, file:// or /, or is user@host:path");
        }
        int authority = text.indexOf("://") + 3;
        String host = authority > 2 ? text.substring(authority).split("/", 2)[0] : "";
        if (host.startsWith("-") || host.substring(host.lastIndexOf('@') + 1).startsWith("-")) {
            throw refused(url, "its host begins with a dash, so ssh would take it for an option");
        }
        if (host.contains("@") && (host.contains(":") && host.indexOf(':') < host.indexOf('@'))) {
            throw new IllegalArgumentException(
                    "The git address holds a password: take it out and give credentialsId instead.");
        }
        return text;
    }

    /** Gives the ref back when it is the name of one. */
    public static String checkRef(String ref) {
        boolean good = REF.matcher(ref).matches()
                && !ref.contains("..")
                && !ref.contains("//")
                && !ref.contains("@{")
                && !ref.endsWith("/")
                && !ref.endsWith(".lock")
                && !ref.endsWith(".");
        if (!good) {
            throw new IllegalArgumentException(
                    Quoted.of(ref) + " is not a branch, tag or commit: it begins with a letter,"
                            + " a digit or '_' and holds no space, '..' or '//'.");
        }
        return ref;
    }

    private static IllegalArgumentException refused(String url, String why) {
        return new IllegalArgumentException(Quoted.of(url) + " is not a git address: " + why + ".");
    }

    /** The address. */
    public String url() {
        return url;
    }

    /** Branch, tag, full ref or commit; empty for the default branch. */
    public String ref() {
        return ref;
    }

    /** Whether the ref is a full commit id. */
    public boolean isCommit() {
        return ref.matches("[0-9a-f]{40}|[0-9a-f]{64}");
    }

    /** For messages: ref and address. */
    @Override
    public String toString() {
        return (ref.isEmpty() ? "the default branch" : Quoted.of(ref)) + " of " + url;
    }
}
