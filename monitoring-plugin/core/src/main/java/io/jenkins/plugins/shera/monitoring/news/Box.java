package io.jenkins.plugins.shera.monitoring.news;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What waits for one receiver, and when it is tried next. Guarded by its outbox. */
final class Box {

    /** Chats take twenty messages a minute of a robot. */
    private static final Duration PACE = Duration.ofSeconds(3);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** More than this at once is said in one message. */
    private static final int SINGLE = 3;

    private static final int TOGETHER = 20;

    /** Whose it is. */
    record Address(String tenant, String receiver) {}

    final Address address;
    final List<Delivery> waiting = new ArrayList<>();
    int failures;
    Instant due = Instant.EPOCH;
    boolean underWay;
    ReceiverState state = ReceiverState.NONE;

    Box(Address address) {
        this.address = address;
    }

    void put(Delivery delivery) {
        waiting.add(delivery);
        waiting.sort(Comparator.comparingLong(Delivery::atMillis));
    }

    boolean isDue(Instant now) {
        return !underWay && !waiting.isEmpty() && !due.isAfter(now);
    }

    List<Delivery> batch() {
        int many = waiting.size() <= SINGLE ? 1 : Math.min(waiting.size(), TOGETHER);
        return List.copyOf(waiting.subList(0, many));
    }

    void succeeded(Instant now) {
        failures = 0;
        due = now.plus(PACE);
    }

    /** Longer from time to time; never sooner than the receiver asked for, within reason. */
    void failed(Instant now, Duration asked) {
        Duration rest = FIRST.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        rest = rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
        Duration wish = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
        due = now.plus(wish.compareTo(rest) > 0 ? wish : rest);
    }
}
