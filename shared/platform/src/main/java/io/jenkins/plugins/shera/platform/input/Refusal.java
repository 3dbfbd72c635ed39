package io.jenkins.plugins.shera.platform.input;

import io.jenkins.plugins.shera.platform.Messages;
import java.io.Serializable;
import org.jvnet.localizer.Localizable;

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
    private final Serializable error;
    private final String where;
    private final Serializable why;
    private final Serializable next;

    /** All five parts in words a user understands; none may hold a secret. */
    public Refusal(Kind kind, String error, String where, String why, String next) {
        this(kind, where, error, (Serializable) why, next);
    }

    /**
     * The same in words that are put into the language of whoever reads them, which may be another than that of who asked.
     *
     * @param why a {@link Localizable}, or what another program said
     */
    public Refusal(Kind kind, Localizable error, String where, Object why, Localizable next) {
        this(kind, where, error, why instanceof Localizable words ? words : String.valueOf(why), next);
    }

    private Refusal(Kind kind, String where, Serializable error, Serializable why, Serializable next) {
        this.kind = kind;
        this.error = error;
        this.where = where;
        this.why = why;
        this.next = next;
    }

    @Override
    public String getMessage() {
        return error + (where.isEmpty() ? " " : " " + where + ": ") + why + " " + next;
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
        return String.valueOf(error);
    }

    public String where() {
        return where;
    }

    public String why() {
        return String.valueOf(why);
    }

    public String next() {
        return String.valueOf(next);
    }

    /** The same refusal with its place below {@code parent}, as {@code environments[0].namespace}. */
    public Refusal below(String parent) {
        return new Refusal(kind, where.isEmpty() ? parent : parent + "." + where, error, why, next);
    }
}
