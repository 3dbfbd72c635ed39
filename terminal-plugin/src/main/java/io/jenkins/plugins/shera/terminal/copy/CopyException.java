package io.jenkins.plugins.shera.terminal.copy;

import java.io.IOException;
import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** A debug copy that is not made, or not found; says why and what to do next in the reader's language. */
public final class CopyException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What sort of no it is. */
    public enum Kind {
        /** What is named is not there. */
        MISSING,
        /** It cannot be copied as asked. */
        INPUT,
        /** Something stands in the way: a quota, a policy, a right. */
        BLOCKED
    }

    private final Kind kind;
    private final Localizable why;
    private final Localizable next;

    /** The message is in English; {@link #why()} and {@link #next()} are in the reader's language. */
    public CopyException(Kind kind, Localizable why, Localizable next) {
        super(why.toString(Locale.ENGLISH) + " " + next.toString(Locale.ENGLISH));
        this.kind = kind;
        this.why = why;
        this.next = next;
    }

    /** What sort of no it is. */
    public Kind kind() {
        return kind;
    }

    /** Why, in the reader's language. */
    public String why() {
        return why.toString();
    }

    /** What to do, in the reader's language. */
    public String next() {
        return next.toString();
    }
}
