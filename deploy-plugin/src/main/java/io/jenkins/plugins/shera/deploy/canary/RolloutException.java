package io.jenkins.plugins.shera.deploy.canary;

/** A rollout that cannot begin or go on, for a reason a person can act on; the message is for people. */
public final class RolloutException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean fenced;

    /** The message says what, where, why and what to do next. */
    public RolloutException(String message) {
        this(message, false, null);
    }

    /** The same with what it comes from. */
    public RolloutException(String message, Throwable cause) {
        this(message, false, cause);
    }

    private RolloutException(String message, boolean fenced, Throwable cause) {
        super(message, cause);
        this.fenced = fenced;
    }

    static RolloutException fenced(String message, Throwable cause) {
        return new RolloutException(message, true, cause);
    }

    /** Whether somebody else drives the rollout now, so that we must not touch it any more. */
    public boolean isFenced() {
        return fenced;
    }
}
