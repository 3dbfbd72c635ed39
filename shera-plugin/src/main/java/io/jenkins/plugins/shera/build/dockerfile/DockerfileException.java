package io.jenkins.plugins.shera.build.dockerfile;

import java.io.IOException;

/** A Dockerfile that cannot be built, with the line where it shows; the message is fit for a user. */
public final class DockerfileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /** Lines are counted from 1; 0 speaks of the file as a whole. */
    public DockerfileException(int line, String message) {
        super("Dockerfile" + (line > 0 ? ", line " + line : "") + ": " + message);
        this.line = line;
    }

    /** The line, counted from 1, or 0. */
    public int line() {
        return line;
    }
}
