package io.jenkins.plugins.shera.monitoring.thresholds;

/** A threshold that cannot be: which field, why, and what to give instead. */
public final class InvalidThresholdException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String why;
    private final String next;

    /** The parts are shown to users. */
    public InvalidThresholdException(String field, String why, String next) {
        super(field + ": " + why + ". " + next);
        this.field = field;
        this.why = why;
        this.next = next;
    }

    public String field() {
        return field;
    }

    public String why() {
        return why;
    }

    public String next() {
        return next;
    }
}
