package io.jenkins.plugins.shera.nginx.imports;

/** Something says more, or other things, than a route can; the message is a reason for people. */
final class NotExactException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    NotExactException(Reason.Kind kind, Object... arguments) {
        this(Reason.of(kind, arguments));
    }

    NotExactException(Reason reason) {
        super(reason.english());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
