package io.jenkins.plugins.shera.deploy.scale;

import io.jenkins.plugins.shera.deploy.order.OrderException;

/** The number of pods cannot be set as wanted; the message says why and what to do, and nothing was changed. */
public final class ScaleException extends OrderException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public ScaleException(String message) {
        super(message);
    }
}
