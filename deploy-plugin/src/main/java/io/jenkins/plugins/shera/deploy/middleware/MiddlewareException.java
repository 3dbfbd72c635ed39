package io.jenkins.plugins.shera.deploy.middleware;

import io.jenkins.plugins.shera.deploy.order.OrderException;

/** Middleware cannot be had or changed as wanted; the message says why and what to do. */
public final class MiddlewareException extends OrderException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public MiddlewareException(String message) {
        super(message);
    }

    MiddlewareException(String message, Throwable cause) {
        super(message, cause);
    }
}
