package io.jenkins.plugins.shera.terminal.copy;

import java.time.Duration;

/**
 * Which pod is to be copied, and how.
 *
 * @param container whose command is held; empty for the only one
 * @param user who wants it, as the copy will say
 * @param life after which the cluster ends the copy
 * @param withInit whether the pod's init containers run in the copy, too
 */
public record CopyOrder(String pod, String container, String user, Duration life, Claims claims, boolean withInit) {

    /** Shortest life of a copy, in minutes. */
    public static final int LEAST_MINUTES = 5;

    /** Longest life of a copy, in minutes. */
    public static final int MOST_MINUTES = 480;

    /** Life of a copy when nothing is said, in minutes. */
    public static final int USUAL_MINUTES = 120;
}
