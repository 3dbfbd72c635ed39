package io.jenkins.plugins.shera.nginx.imports;

/** A tree of files that cannot be read as a whole; the message says which, where, and what to do. */
public final class InvalidImportException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidImportException(String message) {
        super(message);
    }
}
