package io.jenkins.plugins.shera.monitoring.preview;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A week of measurements, minute by minute, as OpenMetrics: every series has one value until something is said of a stretch of time. */
public final class Past {

    private static final int MINUTES = 7 * 24 * 60;

    private final Instant until;
    private final Map<String, String[]> series = new LinkedHashMap<>();

    /** The week before a moment, which must be a whole minute. */
    public Past(Instant until) {
        this.until = until;
    }

    /** The minute before now. */
    public static Instant now() {
        return Instant.ofEpochSecond(Instant.now().getEpochSecond() / 60 * 60 - 60);
    }

    /** A series, as {@code container_threads{pod="a"}}, of one value. */
    public Past with(String name, String value) {
        String[] values = new String[MINUTES + 1];
        java.util.Arrays.fill(values, value);
        series.put(name, values);
        return this;
    }

    /** Other values, or with an empty text none, for some minutes from a time before the end. */
    public Past but(String name, Duration before, int minutes, String value) {
        int from = MINUTES - (int) before.toMinutes();
        for (int i = from; i < from + minutes; i++) {
            series.get(name)[i] = value;
        }
        return this;
    }

    /** As OpenMetrics without its last line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        Map<String, StringBuilder> families = new LinkedHashMap<>();
        series.forEach((name, values) -> {
            StringBuilder family = families.computeIfAbsent(name.replaceFirst("\\{.*", ""), key -> new StringBuilder());
            for (int i = 0; i <= MINUTES; i++) {
                if (!values[i].isEmpty()) {
                    long at = until.getEpochSecond() - (MINUTES - i) * 60L;
                    family.append(name)
                            .append(' ')
                            .append(values[i])
                            .append(' ')
                            .append(at)
                            .append('\n');
                }
            }
        });
        families.forEach((name, lines) ->
                text.append("# TYPE ").append(name).append(" gauge\n").append(lines));
        return text.toString();
    }
}
