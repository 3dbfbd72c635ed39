package io.jenkins.plugins.shera.platform.timeline;

import java.util.List;

/** Entries of a timeline, newest first; {@code next} is the {@code before} of the following page, null when there is none. */
public record TimelinePage(List<TimelineEntry> entries, Long next) {

    /** Keeps its own copy of the entries. */
    public TimelinePage {
        entries = List.copyOf(entries);
    }
}
