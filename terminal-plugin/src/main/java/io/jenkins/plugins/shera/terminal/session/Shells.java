package io.jenkins.plugins.shera.terminal.session;

import java.util.List;
import java.util.Map;

/** The commands a session may begin with; a name chooses one, and no text of a user becomes part of it. */
public final class Shells {

    private static final String BEGIN = "TERM=xterm-256color; export TERM; ";
    private static final Map<String, String> BY_NAME = Map.of(
            "",
            BEGIN + "if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi",
            "sh",
            BEGIN + "exec sh",
            "bash",
            BEGIN + "exec bash",
            "ash",
            BEGIN + "exec ash");

    private Shells() {}

    /** Program and arguments, or null for a name that is none; the empty name takes bash where there is one. */
    public static List<String> command(String name) {
        String line = BY_NAME.get(name);
        return line == null ? null : List.of("sh", "-c", line);
    }
}
