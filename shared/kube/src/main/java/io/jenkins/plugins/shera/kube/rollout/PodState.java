package io.jenkins.plugins.shera.kube.rollout;

/**
 * One pod at a glance.
 *
 * @param state one or two words, for example {@code Running}, {@code ImagePullBackOff}, {@code Terminating}
 * @param updated whether it belongs to the revision being rolled out
 * @param digest of the image its first container really runs, {@code sha256:...}, or empty while it runs none
 */
public record PodState(
        String name, String state, boolean ready, int restarts, boolean updated, String node, String digest) {}
