package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;

/** A sink throws it to end a search that has given enough; the search then returns what it found so far. */
public final class EnoughException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Carries nothing. */
    public EnoughException() {
        super("enough");
    }
}
