package io.jenkins.plugins.shera.monitoring.desk.logs;

import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of a range of logs as people write them: {@code 2026-01-02T03:04:05+08:00}, or {@code 10m} for ten minutes ago. */
public final class LogTimes {

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final String BEFORE = "5m";
    private static final String AFTER = "2m";

    private LogTimes() {}

    /**
     * A range.
     *
     * @param around whether it lies around a moment that something else than the node's clock told
     * @param live whether it is what came since the lines before it, not a range that somebody asked for
     */
    public record Range(Window window, boolean around, boolean live) {}

    /** From one time to another; empty ones are open. */
    public static Range between(String since, String until, Instant now) {
        try {
            return new Range(Window.of(time("since", since, now), time("until", until, now)), false, false);
        } catch (IllegalArgumentException e) {
            throw LogReading.refused("until", Messages.LogReading_range(), Messages.LogReading_range_next());
        }
    }

    /** What came after a line, which had this time in nanoseconds. */
    public static Range after(String nanos, String until, Instant now) {
        try {
            Instant end = time("until", until, now);
            long after = Long.parseLong(nanos);
            if (after < 0) {
                throw new NumberFormatException();
            }
            return new Range(
                    new Window(Math.addExact(after, 1), end == null ? Long.MAX_VALUE : Stamps.of(end)), false, true);
        } catch (NumberFormatException | ArithmeticException e) {
            throw LogReading.refused("after", Messages.LogReading_after(), Messages.LogReading_after_next());
        }
    }

    /** So long before a moment to so long after it; 5 minutes and 2 minutes for empty ones. */
    public static Range around(Instant moment, String before, String after) {
        Instant since = moment.minus(span("before", before.isEmpty() ? BEFORE : before));
        Instant until = moment.plus(span("afterwards", after.isEmpty() ? AFTER : after));
        return new Range(Window.of(since, until), true, false);
    }

    /** A time; null for an empty text. */
    public static Instant time(String field, String text, Instant now) {
        if (text.isEmpty()) {
            return null;
        }
        if (SPAN.matcher(text).matches()) {
            return now.minus(span(field, text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw LogReading.refused(field, Messages.LogReading_time(), Messages.LogReading_time_next());
        }
    }

    private static Duration span(String field, String text) {
        Matcher matcher = SPAN.matcher(text);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration span =
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            if (span.compareTo(LONGEST) <= 0) {
                return span;
            }
        }
        throw LogReading.refused(field, Messages.LogReading_span(), Messages.LogReading_span_next());
    }
}
