package io.jenkins.plugins.shera.monitoring.thresholds;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values and durations as people write them: {@code 400Mi}, {@code 500m}, {@code 5%}, {@code 250ms}, {@code 1m30s}. */
public final class Figures {

    private static final Pattern VALUE = Pattern.compile("(-?[0-9]{1,18}(?:\\.[0-9]{1,9})?)\\s*([a-zA-Z%]{0,2})");
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern LONG_PART = Pattern.compile("([0-9]{1,6})([yw])");
    private static final Map<String, Double> SUFFIX = Map.ofEntries(
            Map.entry("", 1.0),
            Map.entry("%", 1.0),
            Map.entry("s", 1.0),
            Map.entry("ms", 1e-3),
            Map.entry("m", 1e-3),
            Map.entry("k", 1e3),
            Map.entry("M", 1e6),
            Map.entry("G", 1e9),
            Map.entry("T", 1e12),
            Map.entry("Ki", 1024.0),
            Map.entry("Mi", 1024.0 * 1024),
            Map.entry("Gi", 1024.0 * 1024 * 1024),
            Map.entry("Ti", 1024.0 * 1024 * 1024 * 1024));

    private Figures() {}

    /** A value in the metric's unit (bytes, cores, seconds, percent, count); null for an empty text. */
    public static Double value(String field, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Matcher matcher = VALUE.matcher(text.strip());
        Double factor = matcher.matches() ? SUFFIX.get(matcher.group(2)) : null;
        if (factor == null) {
            throw new InvalidThresholdException(
                    field,
                    "'" + shown(text) + "' is not a value",
                    "Write a number such as 300, 400Mi, 500m, 5% or 250ms.");
        }
        return Double.parseDouble(matcher.group(1)) * factor;
    }

    /** A duration of at least nothing; 5 minutes for an empty text. */
    public static Duration duration(String field, String text) {
        if (text == null || text.isBlank()) {
            return Duration.ofMinutes(5);
        }
        String rest = text.strip();
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        Duration sum = Duration.ZERO;
        Matcher matcher = PART.matcher(rest);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            long count = Long.parseLong(matcher.group(1));
            sum = sum.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
            end = matcher.end();
        }
        if (end == 0 || end != rest.length()) {
            throw new InvalidThresholdException(
                    field, "'" + shown(text) + "' is not a duration", "Write it as 30s, 5m or 1h30m.");
        }
        return sum;
    }

    /** A duration as Prometheus and Alertmanager write them: that of people, and with weeks and years. */
    public static Duration ofPrometheus(String text) {
        Matcher matcher = LONG_PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            sum = sum.plus(Duration.ofDays(
                    Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("y") ? 365 : 7)));
            end = matcher.end();
        }
        String rest = text.substring(end);
        return rest.isEmpty() && end > 0 ? sum : sum.plus(duration("duration", rest));
    }

    /** A value as people would write it, which {@link #value} reads back as the same; empty for none. */
    public static String text(Double value, Metric.Unit unit) {
        if (value == null) {
            return "";
        }
        if (unit == Metric.Unit.BYTES && value != 0) {
            for (String suffix : new String[] {"Ti", "Gi", "Mi", "Ki"}) {
                BigDecimal[] many =
                        BigDecimal.valueOf(value).divideAndRemainder(BigDecimal.valueOf(SUFFIX.get(suffix)));
                if (many[1].signum() == 0) {
                    return many[0].stripTrailingZeros().toPlainString() + suffix;
                }
            }
        }
        return plain(value);
    }

    /** A duration as {@code 1h30m}, which {@link #duration} reads back as the same. */
    public static String text(Duration duration) {
        if (duration.isZero()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        part(text, duration.toDays(), "d");
        part(text, duration.toHoursPart(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        part(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void part(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "\u2026" : text;
    }
}
