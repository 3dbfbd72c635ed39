package io.jenkins.plugins.shera.platform.audit;

import io.jenkins.plugins.shera.platform.ledger.Ledger;
import io.jenkins.plugins.shera.platform.ledger.LedgerPage;
import java.io.IOException;
import java.nio.file.Path;

/** The audit trail: appended to, rotated, searched, never altered. Files of past months stay until an operator moves them away. */
public final class AuditTrail {

    /** Enough for some ten thousand changes, small enough to read within a page's time. */
    private static final long ROTATE_BYTES = 16L << 20;

    private final Ledger ledger;

    /** A trail in {@code audit.jsonl} of the folder. */
    public AuditTrail(Path folder) {
        this(folder, ROTATE_BYTES);
    }

    AuditTrail(Path folder, long rotateBytes) {
        ledger = new Ledger(folder, "audit", rotateBytes);
    }

    /** Writes an entry, without what smells of a secret; its id is given here. */
    public void append(AuditEntry entry) throws IOException {
        ledger.append(new AuditEntry(
                        entry.id(),
                        entry.at(),
                        entry.who(),
                        entry.from(),
                        entry.what(),
                        entry.subject(),
                        entry.tenant(),
                        Discretion.ofJson(entry.before()),
                        Discretion.ofJson(entry.after()),
                        entry.outcome(),
                        Discretion.ofText(entry.why()))
                .toJson());
    }

    /** The newest entries that match. */
    public AuditPage search(AuditQuery query) throws IOException {
        LedgerPage page = ledger.page(query.before(), query.limit(), query::matches);
        return new AuditPage(page.lines().stream().map(AuditEntry::fromJson).toList(), page.next(), page.damaged());
    }
}
