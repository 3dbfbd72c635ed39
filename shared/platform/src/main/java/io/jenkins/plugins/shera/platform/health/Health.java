package io.jenkins.plugins.shera.platform.health;

import java.time.Instant;

/**
 * What was last heard of one connection.
 *
 * @param kind id of its kind
 * @param address empty where it has none
 * @param state how it stands
 * @param message what it said of itself, or why it did not answer
 * @param since when it came into this state, null before the first answer
 * @param askedAt when it was last asked, null before the first time
 * @param certificateUntil when the certificate it shows runs out, null where it shows none
 */
public record Health(
        String kind,
        String name,
        String address,
        State state,
        String message,
        Instant since,
        Instant askedAt,
        Instant certificateUntil) {

    /** How a connection stands. */
    public enum State {
        UNKNOWN,
        UP,
        DOWN;

        /** As REST spells it. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Health unknown(String kind, String name, String address) {
        return new Health(kind, name, address, State.UNKNOWN, "", null, null, null);
    }

    /** The next answer; the time of the state stays while the state does. */
    Health heard(State now, String words, Instant at, Instant until) {
        return new Health(kind, name, address, now, words, now == state ? since : at, at, until);
    }
}
