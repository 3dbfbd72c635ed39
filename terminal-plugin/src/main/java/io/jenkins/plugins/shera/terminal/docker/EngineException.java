package io.jenkins.plugins.shera.terminal.docker;

import java.io.IOException;
import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** An engine that did not do what was asked; says what, where, why and what next in the reader's language. */
public class EngineException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** No connection, one that broke, or no answer in time. */
        UNREACHABLE,
        /** There is no such container, image or path. */
        NOT_FOUND,
        /** The engine said no, or what nobody understands. */
        REFUSED
    }

    private final Kind kind;
    private final Localizable said;

    EngineException(Kind kind, Localizable message, Throwable cause) {
        super(message.toString(Locale.ENGLISH), cause);
        this.kind = kind;
        this.said = message;
    }

    EngineException(Kind kind, Localizable message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return said.toString();
    }
}
