package io.jenkins.plugins.shera.platform.health;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * What was last heard of one connection.
 *
 * @param kind id of its kind
 * @param address empty where it has none
 * @param state how it stands
 * @param words what it said of itself, or why it did not answer, in the language of whoever asks
 * @param since when it came into this state, null before the first answer
 * @param askedAt when it was last asked, null before the first time
 * @param certificateUntil when the certificate it shows runs out, null where it shows none
 */
public record Health(
        String kind,
        String name,
        String address,
        State state,
        Supplier<String> words,
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

    /** The words as they are for the reader of this moment. */
    public String message() {
        return words.get();
    }

    static Health unknown(String kind, String name, String address) {
        return new Health(kind, name, address, State.UNKNOWN, () -> "", null, null, null);
    }

    /** The next answer; the time of the state stays while the state does. */
    Health heard(State now, Supplier<String> words, Instant at, Instant until) {
        return new Health(kind, name, address, now, words, now == state ? since : at, at, until);
    }
}
