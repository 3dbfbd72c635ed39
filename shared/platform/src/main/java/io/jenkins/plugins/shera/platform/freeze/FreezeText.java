package io.jenkins.plugins.shera.platform.freeze;

import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads freezes as people write them: {@code MON-FRI}, {@code 09:15}, {@code 2026-10-01..2026-10-07}, {@code Asia/Shanghai}. */
public final class FreezeText {

    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "MON", DayOfWeek.MONDAY,
            "TUE", DayOfWeek.TUESDAY,
            "WED", DayOfWeek.WEDNESDAY,
            "THU", DayOfWeek.THURSDAY,
            "FRI", DayOfWeek.FRIDAY,
            "SAT", DayOfWeek.SATURDAY,
            "SUN", DayOfWeek.SUNDAY);
    private static final int MOST_DATES = 400;

    private FreezeText() {}

    /** The window of these texts, or a refusal at the field that cannot be read. */
    public static FreezeWindow window(
            String name, String days, List<String> dates, String from, String to, String zone, String environments) {
        if (name.isBlank() || name.length() > 100) {
            throw Refusal.input("name", Messages.FreezeText_name(), Messages.FreezeText_name_next());
        }
        if (from.isBlank() != to.isBlank()) {
            throw Refusal.input(
                    from.isBlank() ? "from" : "to", Messages.FreezeText_half(), Messages.FreezeText_half_next());
        }
        LocalTime begin = time("from", from);
        LocalTime end = time("to", to);
        if (begin != null && begin.equals(end)) {
            throw Refusal.input("to", Messages.FreezeText_empty(), Messages.FreezeText_empty_next());
        }
        return new FreezeWindow(name, days(days), dates(dates), begin, end, zone(zone), names(environments));
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : words(text.toUpperCase(Locale.ROOT))) {
            String[] ends = part.split("-", 2);
            DayOfWeek first = DAYS.get(ends[0]);
            DayOfWeek last = DAYS.get(ends[ends.length - 1]);
            if (first == null || last == null) {
                throw Refusal.input("days", Messages.FreezeText_days(shown(part)), Messages.FreezeText_days_next());
            }
            DayOfWeek day = first;
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static List<FreezeWindow.Dates> dates(List<String> lines) {
        if (lines.size() > MOST_DATES) {
            throw Refusal.input("dates", Messages.FreezeText_many(MOST_DATES), Messages.FreezeText_many_next());
        }
        List<FreezeWindow.Dates> dates = new ArrayList<>();
        for (String line : lines) {
            String[] ends = line.strip().split("\\.\\.", 2);
            try {
                LocalDate first = LocalDate.parse(ends[0].strip());
                LocalDate last = LocalDate.parse(ends[ends.length - 1].strip());
                if (last.isBefore(first)) {
                    throw new DateTimeException("the last day is before the first");
                }
                dates.add(new FreezeWindow.Dates(first, last));
            } catch (DateTimeException e) {
                throw Refusal.input("dates", Messages.FreezeText_dates(shown(line)), Messages.FreezeText_dates_next());
            }
        }
        return dates;
    }

    private static LocalTime time(String field, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return LocalTime.parse(text.strip());
        } catch (DateTimeException e) {
            throw Refusal.input(field, Messages.FreezeText_time(shown(text)), Messages.FreezeText_time_next());
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw Refusal.input("zone", Messages.FreezeText_zone(shown(text)), Messages.FreezeText_zone_next());
        }
    }

    private static Set<String> names(String text) {
        return new TreeSet<>(words(text));
    }

    private static List<String> words(String text) {
        return List.of(text.split("[\\s,]+")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "\u2026" : text;
    }
}
