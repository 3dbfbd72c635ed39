package io.jenkins.plugins.shera.platform.traffic;

import java.io.IOException;

/** Somebody with a later generation drives this traffic now; the caller must stop and change nothing more. */
public final class StaleGenerationException extends IOException {

    private static final long serialVersionUID = 1;

    /** {@code where} names what carries the generation. */
    public StaleGenerationException(String where, long ours, long found) {
        super(where + " is driven by a later rollout (generation " + found + ", ours is " + ours
                + "). Nothing was changed; look at the newer rollout.");
    }
}
