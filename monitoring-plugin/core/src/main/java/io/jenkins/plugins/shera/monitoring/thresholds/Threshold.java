package io.jenkins.plugins.shera.monitoring.thresholds;

import java.time.Duration;
import java.util.List;

/**
 * A limit on one metric.
 *
 * @param metric the id of a {@link Metric}, or the name of a metric of the application's own
 * @param warning at this value it warns; null for never
 * @param critical at this value it is critical; null for never
 * @param lasting how long the value must stay beyond before it counts
 * @param below true when small values are the bad ones
 * @param off true to take away what was inherited
 * @param runbook address of a page that says what to do; empty for none
 */
public record Threshold(
        String metric, Double warning, Double critical, Duration lasting, boolean below, boolean off, String runbook) {

    private static final Duration LONGEST = Duration.ofDays(2);

    /** Refuses what could never be meant. */
    public Threshold {
        if (Metric.of(metric).isEmpty() && !metric.matches("[a-zA-Z_:][a-zA-Z0-9_:]{0,199}")) {
            throw new InvalidThresholdException(
                    "metric",
                    "'" + metric + "' is not the name of a metric",
                    "Take one of "
                            + String.join(
                                    ", ",
                                    List.of(Metric.values()).stream()
                                            .map(Metric::id)
                                            .toList())
                            + ", or a metric of the application's own: letters, digits, '_' and ':'.");
        }
        finite("warning", warning);
        finite("critical", critical);
        if (!off && warning == null && critical == null) {
            throw new InvalidThresholdException(
                    "warning", "neither warning nor critical is given", "Give one of them, or switch it off.");
        }
        boolean both = warning != null && critical != null;
        if (both && (below ? warning < critical : warning > critical)) {
            throw new InvalidThresholdException(
                    "critical",
                    "critical would come before warning",
                    below ? "Give a critical value below the warning." : "Give a critical value above the warning.");
        }
        if (lasting.isNegative() || lasting.compareTo(LONGEST) > 0) {
            throw new InvalidThresholdException(
                    "for", lasting + " is not between 0 and 2 days", "Give a duration such as 5m.");
        }
        if (!runbook.isEmpty() && !Runbook.isAllowed(runbook)) {
            throw new InvalidThresholdException(
                    "runbookUrl",
                    "it is no address of a page",
                    "Give an address that begins with https:// or http://, without password, spaces and braces, of at most 500"
                            + " characters.");
        }
    }

    /** One without a runbook. */
    public Threshold(String metric, Double warning, Double critical, Duration lasting, boolean below, boolean off) {
        this(metric, warning, critical, lasting, below, off, "");
    }

    private static void finite(String name, Double value) {
        if (value != null && (value.isNaN() || value.isInfinite())) {
            throw new InvalidThresholdException(name, "it is not a number", "Give a number.");
        }
    }

    /** How it is measured: by one of the measures of a known metric, or as a metric of the application's own. */
    public List<Measure> measures() {
        return Metric.of(metric).map(Metric::measures).orElseGet(() -> List.of(Metric.own(metric)));
    }
}
