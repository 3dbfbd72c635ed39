package io.jenkins.plugins.shera.terminal.files;

import java.io.IOException;
import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** A file of a container that cannot be had as wished; says what, where, why and what next in the reader's language. */
public class FileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** What was asked for cannot be a path, or is too large. */
        INPUT,
        /** There is no such file or folder. */
        MISSING,
        /** It is another than the one that was read. */
        CONFLICT,
        /** The image has not the programs for it. */
        NO_TOOLS,
        /** The container does not do it. */
        FAILED
    }

    private final Kind kind;
    private final Localizable said;

    FileException(Kind kind, Localizable message) {
        super(message.toString(Locale.ENGLISH));
        this.kind = kind;
        this.said = message;
    }

    /** Another content stands at the path than the one that was read. */
    public static FileException conflict(String path) {
        return new FileException(Kind.CONFLICT, Messages._ContainerFiles_conflict(ContainerFiles.shown(path)));
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return said.toString();
    }
}
