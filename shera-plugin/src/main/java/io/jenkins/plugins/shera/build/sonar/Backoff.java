package io.jenkins.plugins.shera.build.sonar;

import java.time.Duration;

/** How long to wait between two looks: first a second, then half as long again each time, at most half a minute. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** The pause before the next look. */
    public Duration next() {
        Duration now = next;
        Duration longer = now.multipliedBy(3).dividedBy(2);
        next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return now;
    }

    /** Begins anew, as when a signal said that something has changed. */
    public void reset() {
        next = FIRST;
    }
}
