package io.jenkins.plugins.shera.harness.pipeline;

import hudson.model.Run;
import hudson.model.queue.CauseOfBlockage;

/** Tells that a build waits for the one before it. */
public final class EarlierBuildRuns extends CauseOfBlockage {
    private final Run<?, ?> earlier;

    /** @param earlier the build that runs */
    public EarlierBuildRuns(Run<?, ?> earlier) {
        this.earlier = earlier;
    }

    @Override
    public String getShortDescription() {
        return "Build " + earlier.getDisplayName() + " is already in progress";
    }
}
