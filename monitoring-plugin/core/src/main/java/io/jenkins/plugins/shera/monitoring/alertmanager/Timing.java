package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * When a tenant is told and what is told together; empty means what Alertmanager is set to.
 *
 * @param groupBy labels of {@link #LABELS} whose alerts come in messages of their own; empty for {@link #USUAL}
 * @param groupWait how long others are waited for before the first message, as {@code 30s}
 * @param groupInterval how long until a message about what came since
 * @param repeatInterval after how long it is told again while nothing changed
 * @param keepWarnings whether warnings are told of, too, while the same measure is critical
 */
public record Timing(
        List<String> groupBy, String groupWait, String groupInterval, String repeatInterval, boolean keepWarnings)
        implements Serializable {

    /** Labels that every alert of a tenant can have; the tenant itself always counts. */
    public static final List<String> LABELS =
            List.of("application", "environment", "alertname", "metric", "severity", "pod");

    /** What alerts are grouped by when nothing else is said. */
    public static final List<String> USUAL = List.of("application", "environment", "alertname");

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Refuses what Alertmanager would not take. */
    public Timing {
        groupBy = groupBy == null ? List.of() : List.copyOf(new LinkedHashSet<>(groupBy));
        groupWait = clean(groupWait);
        groupInterval = clean(groupInterval);
        repeatInterval = clean(repeatInterval);
        if (!Set.copyOf(LABELS).containsAll(groupBy)) {
            throw new InvalidThresholdException(
                    "groupBy", "alerts cannot be grouped by that", "Take some of " + String.join(", ", LABELS) + ".");
        }
        between("groupWait", groupWait, Duration.ZERO);
        between("groupInterval", groupInterval, SHORTEST);
        between("repeatInterval", repeatInterval, SHORTEST);
        boolean both = !groupInterval.isEmpty() && !repeatInterval.isEmpty();
        if (both
                && Figures.duration("repeatInterval", repeatInterval)
                                .compareTo(Figures.duration("groupInterval", groupInterval))
                        < 0) {
            throw new InvalidThresholdException(
                    "repeatInterval",
                    "Alertmanager looks at a group only once in " + groupInterval,
                    "Take that or longer, or a shorter groupInterval.");
        }
    }

    /** What Alertmanager is set to. */
    public static Timing usual() {
        return new Timing(List.of(), "", "", "", false);
    }

    private static void between(String field, String text, Duration least) {
        if (text.isEmpty()) {
            return;
        }
        Duration value = Figures.duration(field, text);
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new InvalidThresholdException(
                    field, "that is too short or too long", "Take " + Figures.text(least) + " to 30d.");
        }
    }

    private static String clean(String text) {
        return text == null ? "" : text.strip();
    }
}
