package io.jenkins.plugins.shera.terminal.command;

import java.io.IOException;
import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** A command that cannot be run as wished; says what, where, why and what next in the reader's language. */
public class CommandException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Localizable said;

    CommandException(Localizable message, Throwable cause) {
        super(message.toString(Locale.ENGLISH), cause);
        this.said = message;
    }

    @Override
    public String getMessage() {
        return said.toString();
    }
}
