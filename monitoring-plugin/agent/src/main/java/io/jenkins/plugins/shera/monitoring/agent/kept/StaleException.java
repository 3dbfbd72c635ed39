package io.jenkins.plugins.shera.monitoring.agent.kept;

/** A change that was made from another generation than the one that is kept. */
public final class StaleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code what} is at generation {@code kept}, not {@code after}. */
    public StaleException(String what, long after, long kept) {
        super("the " + what + " are at generation " + kept + ", not " + after, null, false, false);
    }
}
