package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.Serializable;
import java.time.Duration;

/**
 * Which alerts of a tenant a receiver is told of; empty means all.
 *
 * @param severity {@code warning}, {@code critical} or empty
 * @param repeat after how long it is told again while nothing changed, as {@code 4h}; empty for what Alertmanager is set to
 */
public record NoticeRoute(String receiver, String application, String environment, String severity, String repeat)
        implements Serializable {

    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    /** Refuses what matches nothing that could be. */
    public NoticeRoute {
        receiver = clean(receiver);
        application = clean(application);
        environment = clean(environment);
        severity = clean(severity);
        repeat = clean(repeat);
        named("receiver", receiver);
        named("application", application);
        named("environment", environment);
        if (!severity.matches("(warning|critical)?")) {
            throw new InvalidThresholdException(
                    "severity", "there is no such severity", "Take warning or critical, or leave it out.");
        }
        Duration every = repeat.isEmpty() ? null : Figures.duration("repeat", repeat);
        if (every != null && (every.compareTo(Duration.ofMinutes(1)) < 0 || every.compareTo(Duration.ofDays(30)) > 0)) {
            throw new InvalidThresholdException("repeat", "that is too often or too seldom", "Take 1m to 30d.");
        }
    }

    private static void named(String field, String name) {
        if (!name.isEmpty() && !name.matches(NAME)) {
            throw new InvalidThresholdException(field, "that cannot be a name", "Check it.");
        }
    }

    private static String clean(String text) {
        return text == null ? "" : text.strip();
    }
}
