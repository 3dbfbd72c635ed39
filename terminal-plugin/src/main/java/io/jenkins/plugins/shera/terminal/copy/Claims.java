package io.jenkins.plugins.shera.terminal.copy;

import java.util.Locale;
import java.util.Optional;

/** What becomes of the persistent volumes of a pod in its copy. */
public enum Claims {
    /** The copy is refused where a volume can be mounted by one node or pod only; others are shared. */
    REFUSE,
    /** The copy mounts and may write the very volumes of the application, on the same node where it must. */
    SHARED,
    /** The copy mounts them, but cannot write. */
    READONLY,
    /** Empty folders stand in for them. */
    EMPTY;

    /** By the word REST and the command line use: empty, {@code shared}, {@code readonly} or {@code empty}. */
    public static Optional<Claims> named(String word) {
        return switch (word) {
            case "" -> Optional.of(REFUSE);
            case "shared", "readonly", "empty" -> Optional.of(valueOf(word.toUpperCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }
}
