package io.jenkins.plugins.shera.platform.input;

import io.jenkins.plugins.shera.platform.Messages;
import java.util.regex.Pattern;

/** Grammars of what is named: each check returns its value or throws a {@link Refusal} that says where. */
public final class Names {

    /** RFC 1123 label as Kubernetes uses it for namespaces and Services. */
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern CREDENTIALS_ID = Pattern.compile("[^\\p{Cntrl}]{1,255}");
    private static final Pattern VALUE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,252}");

    private Names() {}

    /** A DNS-1123 label of at most 63 characters: ids, application names, namespaces. */
    public static String label(String where, String value) {
        if (value == null || !DNS_LABEL.matcher(value).matches()) {
            throw Refusal.input(where, Messages.Names_label(shown(value)), Messages.Names_label_next());
        }
        return value;
    }

    /** A git address: one of git's own transports, no leading dash, no password in it. */
    public static String gitUrl(String where, String value) {
        boolean scpLike = value.matches("[A-Za-z0-9_.]+@[A-Za-z0-9.-]+:[^\\p{Cntrl}\\s]+");
        boolean transport = value.matches("(https?|ssh|git|file)://[^\\p{Cntrl}\\s]+");
        boolean localPath = value.matches("/[^\\p{Cntrl}]+");
        boolean password = value.matches("https?://[^/@]*:[^/@]*@.*");
        if (value.startsWith("-") || password || !(scpLike || transport || localPath)) {
            throw Refusal.input(where, Messages.Names_git(password ? "***" : shown(value)), Messages.Names_git_next());
        }
        return value;
    }

    /** An id of the credentials plugin. */
    public static String credentialsId(String where, String value) {
        if (value == null || !CREDENTIALS_ID.matcher(value).matches()) {
            throw Refusal.input(where, Messages.Names_credentials(), Messages.Names_credentials_next());
        }
        return value;
    }

    /** The name of an environment's value: what a process may have as environment variable or ConfigMap key. */
    public static String valueName(String where, String value) {
        if (value == null || !VALUE_NAME.matcher(value).matches()) {
            throw Refusal.input(where, Messages.Names_value(shown(value)), Messages.Names_value_next());
        }
        return value;
    }

    /** Foreign text as a message may show it: short, without control characters. */
    static String shown(String value) {
        if (value == null) {
            return "";
        }
        String plain = value.replaceAll("\\p{Cntrl}", "\u00b7");
        return plain.length() > 80 ? plain.substring(0, 80) + "\u2026" : plain;
    }
}
