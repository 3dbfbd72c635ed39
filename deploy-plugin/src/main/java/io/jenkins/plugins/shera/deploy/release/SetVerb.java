package io.jenkins.plugins.shera.deploy.release;

import java.util.Optional;

/** What a person tells a whole release set, in the words of a single rollout. */
public enum SetVerb {
    /** Out of a pause, or the approval that the promotion waits for. */
    PROMOTE("promote"),
    /** The steps to come are left out; all are promoted when all are ready. */
    PROMOTE_FULL("promoteFull"),
    /** All members hold. */
    PAUSE("pause"),
    /** On after a pause by hand. */
    RESUME("resume"),
    /** All members go back, also those that are stable already. */
    ABORT("abort"),
    /** All begin again after they went back. */
    RETRY("retry"),
    /** All go back from a set that was released. */
    UNDO("undo");

    private final String text;

    SetVerb(String text) {
        this.text = text;
    }

    /** As steps, pages and REST spell it. */
    public String text() {
        return text;
    }

    /** Whether it holds or goes back, for which the permission to deploy is enough. */
    public boolean holds() {
        return this == PAUSE || this == ABORT;
    }

    /** The verb spelled like this. */
    public static Optional<SetVerb> of(String text) {
        for (SetVerb verb : values()) {
            if (verb.text.equals(text)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
