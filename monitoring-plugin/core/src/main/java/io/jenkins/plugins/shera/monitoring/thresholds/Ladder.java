package io.jenkins.plugins.shera.monitoring.thresholds;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The times a value may have to last that rules wait for which are there already, so that choosing one needs no new rule. */
public final class Ladder {

    private static final List<Duration> RUNGS = Stream.of("0", "30s", "1m", "2m", "3m", "5m", "10m", "15m", "30m", "1h")
            .map(each -> Figures.duration("for", each))
            .toList();

    private Ladder() {}

    /** All of them, the shortest first. */
    public static List<Duration> rungs() {
        return RUNGS;
    }

    /** Whether it has this one. */
    public static boolean has(Duration lasting) {
        return RUNGS.contains(lasting);
    }
}
