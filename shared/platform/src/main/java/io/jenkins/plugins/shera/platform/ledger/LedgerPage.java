package io.jenkins.plugins.shera.platform.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Some lines of a ledger, newest first.
 *
 * @param next the {@code before} of the following page, null when there is none
 * @param damaged lines passed over because a crash tore them
 */
public record LedgerPage(List<JsonNode> lines, Long next, int damaged) {

    /** Keeps its own copy of the lines. */
    public LedgerPage {
        lines = List.copyOf(lines);
    }
}
