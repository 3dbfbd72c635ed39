package io.jenkins.plugins.shera.build.sonar;

import java.io.IOException;

/** SonarQube did not do its share; the message says what, where, why, and what to do next. */
public final class SonarException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What sort of failure it is. */
    public enum Kind {
        /** It does not answer, or says that it cannot now: another try may help. */
        DOWN,
        /** It does not take our token, or the token may not do this. */
        DENIED,
        /** What was asked for is not there. */
        UNKNOWN,
        /** The answer makes no sense, or breaks a rule of ours. */
        REFUSED
    }

    private final Kind kind;

    /** The message is fit for a user. */
    public SonarException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The message is fit for a user. */
    public SonarException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** What sort of failure it is. */
    public Kind kind() {
        return kind;
    }
}
