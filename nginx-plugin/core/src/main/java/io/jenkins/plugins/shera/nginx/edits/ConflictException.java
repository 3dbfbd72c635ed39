package io.jenkins.plugins.shera.nginx.edits;

/** A hand and a change want the same lines otherwise; the message names the hand's. */
public final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    ConflictException(String lines) {
        super(lines);
    }
}
