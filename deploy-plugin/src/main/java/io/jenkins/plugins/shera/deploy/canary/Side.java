package io.jenkins.plugins.shera.deploy.canary;

/**
 * One of the two sides as the cluster shows it.
 *
 * @param hash of the pod template
 * @param complete whether all pods that are asked for run this template and serve
 * @param failed whether it will not get there by itself
 * @param trouble why not, in the cluster's words; empty when nothing is wrong
 */
public record Side(
        boolean exists, int desired, int ready, String hash, boolean complete, boolean failed, String trouble) {

    /** Not there. */
    public static final Side NONE = new Side(false, 0, 0, "", false, false, "");
}
