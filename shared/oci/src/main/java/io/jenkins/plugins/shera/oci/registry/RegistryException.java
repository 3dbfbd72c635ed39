package io.jenkins.plugins.shera.oci.registry;

import java.io.IOException;

/** A registry that refused, failed or answered what it should not; the message is fit for a user. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Status 0 when there was no answer. */
    public RegistryException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status, 0 when there was no answer. */
    public int status() {
        return status;
    }
}
