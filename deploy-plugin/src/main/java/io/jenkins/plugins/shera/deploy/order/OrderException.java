package io.jenkins.plugins.shera.deploy.order;

/** What somebody ordered cannot be done; the message says why and what to do, and nothing was changed. */
public abstract class OrderException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    protected OrderException(String message) {
        super(message);
    }

    /** With a message for people, and what was behind it. */
    protected OrderException(String message, Throwable cause) {
        super(message, cause);
    }
}
