package io.jenkins.plugins.shera.platform.timeline;

import io.jenkins.plugins.shera.platform.ledger.Ledger;
import io.jenkins.plugins.shera.platform.ledger.LedgerPage;
import java.io.IOException;
import java.nio.file.Path;

/** The timeline of one application: {@code timeline.jsonl} in the application's folder. */
public final class Timeline {

    private static final long ROTATE_BYTES = 4L << 20;

    private final Ledger ledger;

    /** The timeline kept in this folder. */
    public Timeline(Path folder) {
        ledger = new Ledger(folder, "timeline", ROTATE_BYTES);
    }

    /** Appends an entry and returns it with the id it was given. */
    public TimelineEntry append(TimelineEntry entry) throws IOException {
        return entry.numbered(ledger.append(entry.toJson()));
    }

    /** The newest entries with an id below {@code before}; {@code kind} null means every kind. */
    public TimelinePage page(long before, int limit, TimelineEntry.Kind kind) throws IOException {
        LedgerPage page = ledger.page(
                before,
                limit,
                line -> kind == null || kind.text().equals(line.path("kind").asText()));
        return new TimelinePage(
                page.lines().stream().map(TimelineEntry::fromJson).toList(), page.next());
    }
}
