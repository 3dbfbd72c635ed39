package io.jenkins.plugins.shera.monitoring.agent.http;

/** A request that is not answered; becomes a status and a JSON object of error, where, why and next. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String where;
    private final String why;
    private final String next;

    Refused(int status, String where, String why, String next) {
        super(why, null, false, false);
        this.status = status;
        this.where = where;
        this.why = why;
        this.next = next;
    }

    int status() {
        return status;
    }

    String where() {
        return where;
    }

    String why() {
        return why;
    }

    String next() {
        return next;
    }
}
