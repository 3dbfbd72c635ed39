package io.jenkins.plugins.shera.nginx.model;

/** A route cannot be accepted; the message says which part, why, and what to do. */
public final class InvalidRouteException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The message is shown to the user as it is. */
    public InvalidRouteException(String message) {
        super(message);
    }
}
