package io.jenkins.plugins.shera.monitoring.preview;

import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which an alert is worked out, all at whole steps since 1970.
 *
 * @param since the first moment that is told of
 * @param until the last one
 * @param step between two moments
 * @param lead how long before {@code since} it begins, so that what had lasted for some time by then counts
 */
public record Span(Instant since, Instant until, Duration step, Duration lead) {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_MOMENTS = 10_080;
    private static final int MOST_DRAWN = 500;
    private static final int SHORTEST_SECONDS = 15;

    /**
     * The days before a moment: 7 of them minute by minute, fewer in shorter steps.
     *
     * @throws IllegalArgumentException when it is nothing or more than 7 days
     */
    public static Span before(Instant until, Duration length, Duration lasting) {
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a preview looks back at most 7 days");
        }
        long step = stepOf(length.toSeconds(), MOST_MOMENTS);
        long end = until.getEpochSecond() / step * step;
        long begin = ceil(end - length.toSeconds(), step) * step;
        long lead = ceil(lasting.toSeconds(), step) * step;
        return new Span(
                Instant.ofEpochSecond(begin),
                Instant.ofEpochSecond(end),
                Duration.ofSeconds(step),
                Duration.ofSeconds(lead));
    }

    private static long stepOf(long seconds, int most) {
        return ceil(ceil(seconds, most), SHORTEST_SECONDS) * SHORTEST_SECONDS;
    }

    private static long ceil(long number, long by) {
        return (number + by - 1) / by;
    }

    /** The first moment that is looked at. */
    Instant begin() {
        return since.minus(lead);
    }

    /** How many moments are looked at. */
    int moments() {
        return index(until) + 1;
    }

    /** The number of a moment, counted from {@link #begin}. */
    int index(Instant at) {
        return Math.toIntExact(Duration.between(begin(), at).dividedBy(step));
    }

    /** The moment nearest to seconds since 1970. */
    int index(double seconds) {
        return Math.toIntExact(Math.round((seconds - begin().getEpochSecond()) / step.toSeconds()));
    }

    /** When a moment is. */
    Instant at(int index) {
        return begin().plus(step.multipliedBy(index));
    }

    /** How long one point of the drawing stands for; some hundred points are drawn. */
    public Duration drawn() {
        return step.multipliedBy(perPoint());
    }

    int perPoint() {
        int told = moments() - index(since);
        return Math.max(1, Math.toIntExact(ceil(told, MOST_DRAWN)));
    }
}
