package io.jenkins.plugins.shera.build.script;

import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a project is built by the clock: minute, hour, day of month, month, day of week (0 and 7 are Sunday), as in Jenkins;
 * lists, ranges, steps, {@code *}, and {@code H} for a value that is the project's own. As in Jenkins, all five must fit.
 */
public final class CronSchedule {
    private static final int[] LOW = {0, 0, 1, 1, 0};
    private static final int[] HIGH = {59, 23, 31, 12, 7};
    private static final int DAYS_OF_H = 28;
    private static final Pattern PART =
            Pattern.compile("(\\*|H(?:\\((\\d+)-(\\d+)\\))?|(\\d+)(?:-(\\d+))?)(?:/(\\d+))?");

    private final BitSet[] fields = new BitSet[LOW.length];

    private CronSchedule() {}

    /** Reads a line; {@code seed} spreads the {@code H}. */
    public static CronSchedule parse(String line, String seed) {
        String[] words = line.strip().split("\\s+");
        if (words.length != LOW.length) {
            throw new IllegalArgumentException(
                    "A schedule has five fields: minute, hour, day of month, month, day of week, as in 'H 2 * * 1-5'.");
        }
        CronSchedule schedule = new CronSchedule();
        for (int i = 0; i < words.length; i++) {
            schedule.fields[i] = field(words[i], i, seed);
        }
        BitSet days = schedule.fields[4];
        if (days.get(7)) {
            days.set(0);
        }
        return schedule;
    }

    private static BitSet field(String word, int index, String seed) {
        BitSet all = new BitSet();
        for (String part : word.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw refused(part);
            }
            add(all, matcher, index, seed);
        }
        return all;
    }

    private static void add(BitSet all, Matcher matcher, int index, String seed) {
        int step = matcher.group(6) == null ? 1 : Integer.parseInt(matcher.group(6));
        int low = LOW[index];
        int high = index == 2 && matcher.group(1).startsWith("H") ? DAYS_OF_H : HIGH[index];
        boolean hashed = matcher.group(1).startsWith("H");
        if (matcher.group(4) != null) {
            low = Integer.parseInt(matcher.group(4));
            high = matcher.group(5) != null
                    ? Integer.parseInt(matcher.group(5))
                    : matcher.group(6) == null ? low : high;
        } else if (matcher.group(2) != null) {
            low = Integer.parseInt(matcher.group(2));
            high = Integer.parseInt(matcher.group(3));
        } else if (index == 4) {
            high = 6;
        }
        if (low < LOW[index] || high > HIGH[index] || low > high || step < 1) {
            throw refused(matcher.group());
        }
        int hash = Math.floorMod((seed + index).hashCode(), matcher.group(6) == null ? high - low + 1 : step);
        if (hashed && matcher.group(6) == null) {
            all.set(low + hash);
            return;
        }
        for (int value = low + (hashed ? hash : 0); value <= high; value += step) {
            all.set(value);
        }
    }

    private static IllegalArgumentException refused(String part) {
        return new IllegalArgumentException("The schedule's part '" + part.replaceAll("[^ -~]", "?")
                + "' cannot be: give numbers in their range, lists, ranges, steps, * or H.");
    }

    /** Whether a build is due in this minute. */
    public boolean fits(ZonedDateTime time) {
        int[] now = {
            time.getMinute(),
            time.getHour(),
            time.getDayOfMonth(),
            time.getMonthValue(),
            time.getDayOfWeek().getValue() % 7
        };
        for (int i = 0; i < now.length; i++) {
            if (!fields[i].get(now[i])) {
                return false;
            }
        }
        return true;
    }
}
