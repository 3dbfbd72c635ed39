package io.jenkins.plugins.shera.kubeng.daemon;

import java.util.List;

/**
 * What the daemon tells of one lane, as it is written to {@code routes-state.json}, {@code weights-state.json} and
 * {@code streams-state.json}.
 *
 * @param generation of the document in force; 0 for none
 * @param sha SHA-256 of that document in hex, or empty
 * @param refused generation of a later document that nginx refused; 0 for none
 * @param endpoints generation of the addresses in force
 * @param reloads how often nginx took something new since the daemon began
 * @param lastReload when that was last, ISO 8601, or empty
 * @param error why what is wanted is not in force, or empty
 * @param leftOut routes or weights of the document that are not served, with the reason
 */
public record NodeState(
        long generation,
        String sha,
        long refused,
        long endpoints,
        long reloads,
        String lastReload,
        String error,
        List<String> leftOut) {
    static final NodeState NONE = new NodeState(0, "", 0, 0, 0, "", "", List.of());
}
