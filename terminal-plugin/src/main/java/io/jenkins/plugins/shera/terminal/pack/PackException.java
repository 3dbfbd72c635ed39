package io.jenkins.plugins.shera.terminal.pack;

import java.io.IOException;

/** A container that cannot be packaged as wished; the message says what, where, why and what to do next. */
public class PackException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message is shown to a person. */
    public PackException(String message) {
        super(message);
    }
}
