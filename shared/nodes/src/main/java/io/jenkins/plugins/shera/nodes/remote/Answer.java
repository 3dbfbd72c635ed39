package io.jenkins.plugins.shera.nodes.remote;

import io.jenkins.plugins.shera.nodes.Rollover;
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
        /** Somebody said no; what was in force before is in force. */
        REFUSED,
        /** It could not be done; what was in force before is in force as far as the machine allows. */
        FAILED,
        /** It never began, and never will. */
        NEVER,
        /** It began, and the machine or the program ended in the middle of it. */
        LOST
    }

    /** Does an errand here. */
    static Answer to(Errand<?> errand) {
        try {
            return new Answer(Kind.DONE, errand.run(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(e);
        } catch (IOException | RuntimeException e) {
            // Also of what nobody expects: Jenkins would wait for an answer that never comes.
            return failed(e);
        }
    }

    private static Answer failed(Exception e) {
        String message = e.getMessage();
        Kind kind = e instanceof Rollover.RefusedException ? Kind.REFUSED : Kind.FAILED;
        return new Answer(kind, null, message == null ? e.getClass().getSimpleName() : message);
    }

    /** As {@link Frame} carries it. */
    byte[] packed() throws IOException {
        return Travel.pack(this);
    }

    /** Refuses what is not of our classes, which this loader knows. */
    public static Answer of(byte[] packed, ClassLoader loader) throws IOException {
        return Travel.unpack(packed, Answer.class, loader);
    }
}
