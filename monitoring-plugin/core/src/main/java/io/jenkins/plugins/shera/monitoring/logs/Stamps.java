package io.jenkins.plugins.shera.monitoring.logs;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times of log records as nanoseconds since 1970 UTC, read from RFC 3339 without making objects. Engines drop trailing zeros of
 * the fraction, so that texts cannot be compared; years 1678 to 2261 fit.
 */
public final class Stamps {

    /** What {@link #parse} gives for bytes that are no time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long NANOS = 1_000_000_000L;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_AND_TIME = 19;
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Stamps() {}

    /** The time in {@code bytes[from, to)}, all of it, or {@link #NONE}. */
    public static long parse(byte[] bytes, int from, int to) {
        if (to - from <= DATE_AND_TIME || to - from > 40) {
            return NONE;
        }
        int year = digits(bytes, from, 4);
        int month = digits(bytes, from + 5, 2);
        int day = digits(bytes, from + 8, 2);
        int hour = digits(bytes, from + 11, 2);
        int minute = digits(bytes, from + 14, 2);
        int second = digits(bytes, from + 17, 2);
        boolean shape = bytes[from + 4] == '-'
                && bytes[from + 7] == '-'
                && (bytes[from + 10] == 'T' || bytes[from + 10] == 't')
                && bytes[from + 13] == ':'
                && bytes[from + 16] == ':';
        boolean inRange = year >= 1678
                && year <= 2261
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= DAYS[month - 1]
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 60;
        if (!shape || !inRange) {
            return NONE;
        }
        int at = from + DATE_AND_TIME;
        long nanos = 0;
        if (bytes[at] == '.') {
            long unit = NANOS;
            int first = ++at;
            while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
                unit /= 10;
                nanos += (bytes[at] - '0') * unit;
                at++;
            }
            if (at == first) {
                return NONE;
            }
        }
        int offset = offsetSeconds(bytes, at, to);
        if (offset == Integer.MIN_VALUE) {
            return NONE;
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second - offset;
        return seconds * NANOS + nanos;
    }

    private static int offsetSeconds(byte[] bytes, int at, int to) {
        if (to - at == 1 && (bytes[at] == 'Z' || bytes[at] == 'z')) {
            return 0;
        }
        if (to - at != 6 || bytes[at + 3] != ':' || bytes[at] != '+' && bytes[at] != '-') {
            return Integer.MIN_VALUE;
        }
        int hours = digits(bytes, at + 1, 2);
        int minutes = digits(bytes, at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return bytes[at] == '+' ? seconds : -seconds;
    }

    private static int digits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Days since 1970 of the proleptic Gregorian calendar, as {@link LocalDate#toEpochDay} counts them. */
    private static long epochDay(long year, int month, int day) {
        long total = 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        total += (367 * month - 362) / 12 + day - 1;
        if (month > 2) {
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            total -= leap ? 1 : 2;
        }
        return total - 719_528;
    }

    /** The nanoseconds of an instant; far past and far future become the ends of the range. */
    public static long of(Instant instant) {
        long most = Long.MAX_VALUE / NANOS - 1;
        if (instant.getEpochSecond() >= most) {
            return Long.MAX_VALUE;
        }
        if (instant.getEpochSecond() <= -most) {
            return Long.MIN_VALUE + 1;
        }
        return instant.getEpochSecond() * NANOS + instant.getNano();
    }

    /** The instant of nanoseconds. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** As RFC 3339 with nine digits of fraction. */
    public static String text(long nanos) {
        return FORMAT.format(instant(nanos));
    }
}
