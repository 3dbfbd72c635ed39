package io.jenkins.plugins.shera.terminal.session;

import java.util.List;
import java.util.Map;

/** The commands a session may begin with; a name chooses one, and no text of a user becomes part of it. */
public final class Shells {

    /** Says which process it is, by a word of ours before it, so that it can be ended: a dropped connection alone ends no process. */
    private static final String BEGIN =
            """
            shera_f() { echo "$0 $$ ${20}"; }; shera_s=; shera_p='*) '
            { read -r shera_s < /proc/$$/stat; } 2>/dev/null; shera_f ${shera_s##$shera_p}
            unset -f shera_f; unset shera_s shera_p; TERM=xterm-256color; export TERM
            """;

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

    /**
     * Program and arguments, or null for a name that is none; the empty name takes bash where there is one.
     *
     * @param word what it says before its process number, see {@link ShellStart}
     */
    public static List<String> command(String name, String word) {
        String line = BY_NAME.get(name);
        return line == null ? null : List.of("sh", "-c", line, word);
    }
}
