package io.jenkins.plugins.shera.platform.traffic;

import java.io.IOException;
import java.time.Duration;

/**
 * Splits an application's traffic between stable and canary. Every call may be repeated: the same call again changes nothing, and a caller
 * that was killed after a call makes it again. Calls block and may be made from any thread, one at a time for one target.
 */
public interface TrafficControl {

    /** What is counted when traffic is split. */
    enum Split {
        /** Shares are pods: the weight comes from how many canary pods stand beside the stable ones. */
        PODS,
        /** Shares are pods of the one workload itself, which are replaced by new ones where they stand. */
        IN_PLACE,
        /** Shares are requests, whatever the number of pods; only these can match headers and cookies. */
        REQUESTS
    }

    /** How it splits. */
    Split split();

    /**
     * Looks whether it can split this application's traffic, and changes nothing.
     *
     * @throws IOException saying what is missing and what to do
     */
    void check(TrafficTarget target) throws IOException;

    /**
     * Makes this the traffic of the canary, marked with the target's generation; may return before every node serves it.
     *
     * @throws StaleGenerationException when a later generation is found there; nothing was changed
     * @throws IOException when it was refused or could not be done
     */
    void apply(TrafficTarget target, Traffic wanted) throws IOException;

    /** Reads back what is really served. */
    TrafficReading read(TrafficTarget target) throws IOException;

    /**
     * Sends everything to stable and takes away what the rollout added; the generation stays readable where it can, so that an older
     * writer is still refused.
     *
     * @throws StaleGenerationException when a later generation is found there; nothing was changed
     */
    void reset(TrafficTarget target) throws IOException;

    /** How long requests that are under way may take after the canary gets no new ones; its pods stay that long. */
    Duration drain();
}
