package io.jenkins.plugins.shera.monitoring.news;

import java.io.IOException;
import java.time.Duration;

/** A receiver did not take a message; the words hold no secret. */
public final class NotTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Duration again;

    /** {@code again} is how long the receiver asked to be left alone; zero when it asked for nothing. */
    public NotTakenException(String message, Duration again) {
        super(message);
        this.again = again;
    }

    /** How long the receiver asked to be left alone. */
    public Duration again() {
        return again;
    }
}
