package io.jenkins.plugins.shera.monitoring.promql.parse;

/** A query that is not passed on, with the place and what to do. */
public final class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int at;
    private final String why;
    private final String next;

    QueryException(int at, String why, String next) {
        super("at " + (at + 1) + ": " + why + ". " + next);
        this.at = at;
        this.why = why;
        this.next = next;
    }

    /** Position in the query, the first is 0. */
    public int at() {
        return at;
    }

    public String why() {
        return why;
    }

    public String next() {
        return next;
    }
}
