package io.jenkins.plugins.shera.terminal.desk;

import java.time.Duration;
import java.time.Instant;

/** The keeper of debug copies, whose clock a test sets. */
public final class Keeping {

    private Keeping() {}

    /** A round at this time from now. */
    public static void round(Duration later) {
        DebugCopyKeeper.get().round(Instant.now().plus(later));
    }
}
