package io.jenkins.plugins.shera.deploy.scale;

/** The number of pods cannot be set as wanted; the message says why and what to do, and nothing was changed. */
public final class ScaleException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public ScaleException(String message) {
        super(message);
    }
}
