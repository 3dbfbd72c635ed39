package io.jenkins.plugins.shera.platform.freeze;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A time in which no release may begin. It holds on its days of the week and its dates (on every day when it names neither), from
 * one time of day to another, in its own time zone; a window that ends before it begins goes over midnight.
 *
 * @param from null, with {@code to}, for the whole day
 * @param to the first moment that is free again
 * @param environments names of environments; empty for all
 */
public record FreezeWindow(
        String name,
        Set<DayOfWeek> days,
        List<Dates> dates,
        LocalTime from,
        LocalTime to,
        ZoneId zone,
        Set<String> environments) {

    private static final int MOST_STEPS = 4 * 800;

    /** Keeps its own copies. */
    public FreezeWindow {
        days = Set.copyOf(days);
        dates = List.copyOf(dates);
        environments = Set.copyOf(environments);
    }

    /** One or more days of the calendar, both ends included. */
    public record Dates(LocalDate first, LocalDate last) {
        boolean holds(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /** Whether it speaks of this environment. */
    public boolean covers(String environment) {
        return environments.isEmpty() || environments.contains(environment);
    }

    /** Whether no release may begin now. */
    public boolean holds(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        LocalDate day = here.toLocalDate();
        LocalTime time = here.toLocalTime();
        if (from == null) {
            return on(day);
        }
        if (from.isBefore(to)) {
            return on(day) && !time.isBefore(from) && time.isBefore(to);
        }
        return on(day) && !time.isBefore(from) || on(day.minusDays(1)) && time.isBefore(to);
    }

    /** When a window that holds now is over; empty when that is more than two years away. */
    public Optional<ZonedDateTime> until(Instant now) {
        ZonedDateTime at = now.atZone(zone);
        for (int i = 0; i < MOST_STEPS; i++) {
            if (!holds(at.toInstant())) {
                return Optional.of(at);
            }
            at = nextEdge(at);
        }
        return Optional.empty();
    }

    /** The next moment at which anything may change. */
    private ZonedDateTime nextEdge(ZonedDateTime at) {
        LocalDate day = at.toLocalDate();
        Stream<ZonedDateTime> edges = from == null
                ? Stream.of(day.plusDays(1).atStartOfDay(zone))
                : Stream.of(
                        day.atTime(from).atZone(zone),
                        day.atTime(to).atZone(zone),
                        day.plusDays(1).atStartOfDay(zone));
        return edges.filter(edge -> edge.isAfter(at))
                .min(ZonedDateTime::compareTo)
                .orElseGet(() -> day.plusDays(1).atStartOfDay(zone));
    }

    private boolean on(LocalDate day) {
        return days.isEmpty() && dates.isEmpty()
                || days.contains(day.getDayOfWeek())
                || dates.stream().anyMatch(each -> each.holds(day));
    }
}
