package io.jenkins.plugins.shera.build.source;

import java.io.IOException;

/** Source that is not to be had; the message says what, where, why, and what to do next. */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message is fit for a user. */
    public SourceException(String message) {
        super(message);
    }
}
