package io.jenkins.plugins.shera.monitoring.logs;

import java.time.Instant;

/** A stretch of time in nanoseconds since 1970, both ends included, as {@code docker logs} counts them. */
public record Window(long since, long until) {

    /**
     * From {@code since} to {@code until}; null is open.
     *
     * @throws IllegalArgumentException when it ends before it begins
     */
    public static Window of(Instant since, Instant until) {
        if (since != null && until != null && until.isBefore(since)) {
            throw new IllegalArgumentException(
                    "the time range ends (" + until + ") before it begins (" + since + "). Exchange since and until.");
        }
        return new Window(
                since == null ? Long.MIN_VALUE + 1 : Stamps.of(since),
                until == null ? Long.MAX_VALUE : Stamps.of(until));
    }

    boolean holds(long stamp) {
        return stamp >= since && stamp <= until;
    }

    /** The same, so many nanoseconds later, an open end left open. */
    public Window later(long nanos) {
        return new Window(
                since == Long.MIN_VALUE + 1 ? since : moved(since, nanos),
                until == Long.MAX_VALUE ? until : moved(until, nanos));
    }

    private static long moved(long stamp, long nanos) {
        long sum = stamp + nanos;
        if (nanos > 0 && sum < stamp) {
            return Long.MAX_VALUE;
        }
        return nanos < 0 && sum > stamp ? Long.MIN_VALUE + 1 : sum;
    }

    /** The same, longer at both ends. */
    Window widened(long nanos) {
        return new Window(
                since < Long.MIN_VALUE + 1 + nanos ? Long.MIN_VALUE + 1 : since - nanos,
                until > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : until + nanos);
    }
}
