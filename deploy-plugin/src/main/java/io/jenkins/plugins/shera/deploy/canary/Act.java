package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.platform.traffic.Traffic;

/** Something to do to the cluster; each may be done again without harm. */
public sealed interface Act {

    /** Makes the canary's Deployment and Service be there with this many pods. */
    record ApplyCanary(int replicas) implements Act {}

    /** Makes the router give the canary this traffic. */
    record Route(Traffic traffic) implements Act {}

    /** Sends everything to stable and clears the router of our parts. */
    record ResetTraffic() implements Act {}

    /** Gives stable the new pod template, or the one before. */
    record ApplyStable(boolean after) implements Act {}

    /** Replaces some more pods where they stand, until as many run each template as should. */
    record ReplacePods() implements Act {}

    /** Keeps the canary's events and last log lines. */
    record KeepEvidence() implements Act {}

    /** Removes the canary's Deployment and Service. */
    record RemoveCanary() implements Act {}

    /** Holds the autoscaler at the present number of pods. */
    record FreezeScaler() implements Act {}

    /** Gives the autoscaler its bounds back. */
    record RestoreScaler() implements Act {}

    /** Makes one measurement for the analysis of this step. */
    record Measure(int step) implements Act {}
}
