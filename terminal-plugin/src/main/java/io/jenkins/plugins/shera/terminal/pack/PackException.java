package io.jenkins.plugins.shera.terminal.pack;

import java.io.IOException;
import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** A container that cannot be packaged as wished; the message says what, where, why and what to do next. */
public class PackException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Localizable said;

    /** The message is shown to a person, in the language of whoever reads it. */
    public PackException(Localizable message) {
        super(message.toString(Locale.ENGLISH));
        this.said = message;
    }

    @Override
    public String getMessage() {
        return said.toString();
    }
}
