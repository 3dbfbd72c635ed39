package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the platform says about every tenant's notices.
 *
 * @param outages names of the platform's own alerts during which no tenant is told of its alerts
 * @param outageLabels labels, such as {@code cluster}, in which both must agree for that
 */
public record NoticePolicy(
        Span groupWait, Span groupInterval, Span repeatInterval, List<String> outages, List<String> outageLabels)
        implements Serializable {

    /** A shortest and a longest time. */
    public record Span(Duration least, Duration most) implements Serializable {
        /** Refuses one that nothing lies in. */
        public Span {
            if (least.compareTo(most) > 0) {
                throw new InvalidThresholdException(
                        "", "the shortest is longer than the longest", "Write the shorter one first.");
            }
        }

        /** Reads {@code 10s 1d}. */
        public static Span read(String field, String text) {
            String[] words = text.strip().split("\\s+");
            if (words.length != 2) {
                throw new InvalidThresholdException(
                        field, "'" + text + "' is no shortest and longest time", "Write them as 10s 1d.");
            }
            return new Span(Figures.duration(field, words[0]), Figures.duration(field, words[1]));
        }

        /** A time as it is, or the nearest that is allowed; nothing stays nothing. */
        String within(String field, String text) {
            if (text.isEmpty()) {
                return text;
            }
            Duration value = Figures.duration(field, text);
            return value.compareTo(least) < 0
                    ? Figures.text(least)
                    : value.compareTo(most) > 0 ? Figures.text(most) : text;
        }

        private void check(String field, String text) {
            if (!within(field, text).equals(text)) {
                throw new InvalidThresholdException(
                        field,
                        "the platform allows " + Figures.text(least) + " to " + Figures.text(most),
                        "Take a time in there, or ask the administrator.");
            }
        }
    }

    private static final String ALERT = "[a-zA-Z_][a-zA-Z0-9_]{0,99}";

    /** Refuses what is no name of an alert or of a label. */
    public NoticePolicy {
        outages = List.copyOf(outages);
        outageLabels = List.copyOf(outageLabels);
        named("outages", outages);
        named("outageLabels", outageLabels);
    }

    private static void named(String field, List<String> names) {
        for (String name : names) {
            if (!name.matches(ALERT)) {
                throw new InvalidThresholdException(
                        field, "'" + name + "' is no such name", "Take letters, digits and '_'.");
            }
        }
    }

    /** Nothing is said: wide limits, no outages. */
    public static NoticePolicy open() {
        Duration month = Duration.ofDays(30);
        return new NoticePolicy(
                new Span(Duration.ZERO, month),
                new Span(Duration.ofSeconds(1), month),
                new Span(Duration.ofSeconds(1), month),
                List.of(),
                List.of());
    }

    /** Refuses a book with times that the platform does not allow. */
    public void check(NoticeBook book) {
        groupWait.check("timing.groupWait", book.timing().groupWait());
        groupInterval.check("timing.groupInterval", book.timing().groupInterval());
        repeatInterval.check("timing.repeatInterval", book.timing().repeatInterval());
        for (int i = 0; i < book.routes().size(); i++) {
            repeatInterval.check(
                    "routes[" + i + "].repeat", book.routes().get(i).repeat());
        }
    }

    /** A book from before the limits were set, with the nearest times that are allowed. */
    public NoticeBook within(NoticeBook book) {
        Timing timing = book.timing();
        return new NoticeBook(
                book.version(),
                book.receivers(),
                book.routes().stream()
                        .map(route -> new NoticeRoute(
                                route.receiver(),
                                route.application(),
                                route.environment(),
                                route.severity(),
                                repeatInterval.within("repeat", route.repeat())))
                        .toList(),
                new Timing(
                        timing.groupBy(),
                        groupWait.within("groupWait", timing.groupWait()),
                        groupInterval.within("groupInterval", timing.groupInterval()),
                        repeatInterval.within("repeatInterval", timing.repeatInterval()),
                        timing.keepWarnings()));
    }
}
