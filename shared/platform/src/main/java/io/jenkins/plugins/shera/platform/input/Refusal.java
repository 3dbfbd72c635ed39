package io.jenkins.plugins.shera.platform.input;

import io.jenkins.plugins.shera.platform.Messages;

/** Says no: what failed, where, why, and what to do next; steps turn it into an AbortException, REST into its JSON error. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What sort of no it is; decides the HTTP status. */
    public enum Kind {
        /** The request cannot be read at all. */
        SYNTAX,
        /** A value breaks a rule. */
        INPUT,
        /** Something that is named does not exist. */
        UNKNOWN,
        /** Somebody else changed the thing in the meantime, or it stands in the way. */
        CONFLICT,
        /** The caller may not do this. */
        FORBIDDEN,
        /** The request is larger than allowed. */
        TOO_LARGE,
        /** A cluster, a registry or another outside part did not do its share. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String error;
    private final String where;
    private final String why;
    private final String next;

    /** All five parts in words a user understands; none may hold a secret. */
    public Refusal(Kind kind, String error, String where, String why, String next) {
        super(where.isEmpty() ? error + " " + why + " " + next : error + " " + where + ": " + why + " " + next);
        this.kind = kind;
        this.error = error;
        this.where = where;
        this.why = why;
        this.next = next;
    }

    /** A value breaks a rule; nothing was changed. */
    public static Refusal input(String where, String why, String next) {
        return new Refusal(Kind.INPUT, Messages.Refusal_nothingChanged(), where, why, next);
    }

    /** Something that is named does not exist; nothing was changed. */
    public static Refusal unknown(String where, String why, String next) {
        return new Refusal(Kind.UNKNOWN, Messages.Refusal_nothingChanged(), where, why, next);
    }

    /** Somebody else was faster, or something is in the way; nothing was changed. */
    public static Refusal conflict(String where, String why, String next) {
        return new Refusal(Kind.CONFLICT, Messages.Refusal_nothingChanged(), where, why, next);
    }

    /** The caller may not do this. */
    public static Refusal forbidden(String where, String why, String next) {
        return new Refusal(Kind.FORBIDDEN, Messages.Refusal_nothingChanged(), where, why, next);
    }

    public Kind kind() {
        return kind;
    }

    public String error() {
        return error;
    }

    public String where() {
        return where;
    }

    public String why() {
        return why;
    }

    public String next() {
        return next;
    }

    /** The same refusal with its place below {@code parent}, as {@code environments[0].namespace}. */
    public Refusal below(String parent) {
        return new Refusal(kind, error, where.isEmpty() ? parent : parent + "." + where, why, next);
    }
}
