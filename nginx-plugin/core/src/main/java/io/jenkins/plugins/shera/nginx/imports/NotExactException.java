package io.jenkins.plugins.shera.nginx.imports;

/** Something says more, or other things, than a route can; the message is a reason for people. */
final class NotExactException extends Exception {
    private static final long serialVersionUID = 1L;

    NotExactException(String reason) {
        super(reason);
    }
}
