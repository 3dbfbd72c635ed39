package io.jenkins.plugins.shera.deploy.storage;

import io.jenkins.plugins.shera.deploy.order.OrderException;

/** A volume cannot be had or changed as wanted; the message says why and what to do, and nothing was changed. */
public final class StorageException extends OrderException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public StorageException(String message) {
        super(message);
    }
}
