package io.jenkins.plugins.shera.nginx.model;

/** A later rollout set the weight; nothing was changed. */
public final class StaleWeightException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long found;

    StaleWeightException(long ours, long found) {
        super("The weight was set by a later rollout (generation " + found + ", ours is " + ours
                + "). Nothing was changed; look at the newer rollout.");
        this.found = found;
    }

    /** The later generation. */
    public long found() {
        return found;
    }
}
