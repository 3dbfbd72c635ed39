package io.jenkins.plugins.shera.platform.audit;

import java.util.List;

/**
 * Entries of the audit trail, newest first.
 *
 * @param next the {@code before} of the following page, null when there is none
 * @param damagedLines torn lines passed over on the way
 */
public record AuditPage(List<AuditEntry> entries, Long next, int damagedLines) {

    /** Keeps its own copy of the entries. */
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
