package io.jenkins.plugins.shera.oci.layer;

import java.io.IOException;

/** A layer that is damaged, or that would do harm if it were unpacked. */
public final class LayerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message says what was found where. */
    public LayerException(String message) {
        super(message);
    }
}
