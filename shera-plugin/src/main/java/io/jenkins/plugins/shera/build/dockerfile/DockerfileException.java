package io.jenkins.plugins.shera.build.dockerfile;

import java.io.IOException;

/** A Dockerfile that cannot be built, with the line where it shows; the message is fit for a user. */
public final class DockerfileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int line;

    private final boolean takenByOthers;

    /** Lines are counted from 1; 0 speaks of the file as a whole. */
    public DockerfileException(int line, String message) {
        this(line, message, false);
    }

    /** {@code takenByOthers}: whether it is no mistake, only more than the daemonless builder does. */
    DockerfileException(int line, String message, boolean takenByOthers) {
        super("Dockerfile" + (line > 0 ? ", line " + line : "") + ": " + message);
        this.line = line;
        this.takenByOthers = takenByOthers;
    }

    /** Whether a builder that runs containers, as docker, may well take it. */
    public boolean isTakenByOthers() {
        return takenByOthers;
    }

    /** The line, counted from 1, or 0. */
    public int line() {
        return line;
    }
}
