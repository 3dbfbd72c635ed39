package io.jenkins.plugins.shera.terminal.session;

import java.time.Duration;

/**
 * How long a session may live.
 *
 * @param idle without a key pressed
 * @param detached without anybody looking
 * @param total altogether
 */
public record SessionLimits(Duration idle, Duration detached, Duration total) {

    /** 30 minutes, 10 minutes, 8 hours. */
    public static final SessionLimits STANDARD =
            new SessionLimits(Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofHours(8));
}
