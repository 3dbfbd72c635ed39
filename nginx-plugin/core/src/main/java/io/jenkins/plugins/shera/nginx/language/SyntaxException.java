package io.jenkins.plugins.shera.nginx.language;

/** A file is not in the nginx language; the message says what is wrong, in which file and line, and what was expected. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    SyntaxException(String path, int line, String message) {
        super(message + " in " + path + ":" + line);
        this.line = line;
    }

    /** Where, counted from 1. */
    public int line() {
        return line;
    }
}
