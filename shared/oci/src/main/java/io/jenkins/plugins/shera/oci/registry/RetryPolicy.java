package io.jenkins.plugins.shera.oci.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** When a request is tried again, and after which pause. */
public final class RetryPolicy {
    /** Five tries within about half a minute; a registry that asks for patience gets up to a minute each time. */
    public static final RetryPolicy USUAL =
            new RetryPolicy(5, Duration.ofMillis(300), Duration.ofMinutes(1), Thread::sleep);

    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private final int tries;
    private final Duration first;
    private final Duration longest;
    private final Pause pause;

    /** Pauses double from the first to the longest, with some chance in them. */
    public RetryPolicy(int tries, Duration first, Duration longest, Pause pause) {
        this.tries = tries;
        this.first = first;
        this.longest = longest;
        this.pause = pause;
    }

    boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    boolean allowsAfter(int tried) {
        return tried < tries;
    }

    int tries() {
        return tries;
    }

    /** Waits before the next try; {@code retryAfter} is the header's text, or empty. */
    void await(int tried, String retryAfter, Instant now) throws InterruptedException {
        long backOff = first.toMillis() << Math.min(tried - 1, 10);
        long chance = ThreadLocalRandom.current().nextLong(backOff / 2 + 1);
        long wanted = Math.max(backOff / 2 + chance, asked(retryAfter, now));
        pause.of(Math.min(wanted, longest.toMillis()));
    }

    private static long asked(String retryAfter, Instant now) {
        if (retryAfter.matches("[0-9]{1,9}")) {
            return Long.parseLong(retryAfter) * 1000;
        }
        try {
            Instant until = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Duration.between(now, until).toMillis());
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    /** How time passes; tests let it pass at once. */
    @FunctionalInterface
    public interface Pause {
        /** Waits that many milliseconds. */
        void of(long millis) throws InterruptedException;
    }
}
