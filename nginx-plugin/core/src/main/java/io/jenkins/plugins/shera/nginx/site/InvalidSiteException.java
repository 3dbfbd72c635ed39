package io.jenkins.plugins.shera.nginx.site;

/** A set of files cannot be pushed as it is; the message names file, line, what is wrong and what to do. */
public final class InvalidSiteException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSiteException(String message) {
        super(message);
    }
}
