package io.jenkins.plugins.shera.nginx.remote;

import java.io.IOException;
import java.io.Serializable;

/**
 * How a work ended.
 *
 * @param value of the work; null unless it is done, and where it has none
 * @param why for people; empty when it is done
 */
public record Answer(Kind kind, Object value, String why) implements Serializable {
    /** How it can end. */
    public enum Kind {
        /** It is done. */
        DONE,
        /** It refused or failed; what was in force before is in force. */
        REFUSED,
        /** It never began, and never will. */
        NEVER,
        /** It began, and the machine or the program ended in the middle of it. */
        LOST
    }

    static Answer refused(Exception e) {
        String message = e.getMessage();
        return new Answer(Kind.REFUSED, null, message == null ? e.getClass().getSimpleName() : message);
    }

    /** As {@link Frame} carries it. */
    byte[] packed() throws IOException {
        return Travel.pack(this);
    }

    /** Refuses what is not of our classes. */
    public static Answer of(byte[] packed) throws IOException {
        return Travel.unpack(packed, Answer.class);
    }
}
