package io.jenkins.plugins.shera.deploy.storage;

import java.util.List;

/**
 * A claim of an application as it is now.
 *
 * @param phase as Kubernetes says: Pending, Bound, Lost
 * @param size what is asked for
 * @param capacity what it has, empty while it has nothing
 * @param label what its class is, such as {@code Ceph RBD}
 * @param ours whether it was made for this application and may be changed and deleted here
 * @param keep whether it stays when the application goes
 * @param pods names of pods that use it
 * @param mounted whether the application as it is deployed mounts it
 * @param expands whether it can grow
 * @param trouble why it is not bound or does not grow, in the cluster's words; empty when all is well
 */
public record ClaimFacts(
        String name,
        String phase,
        String size,
        String capacity,
        String storageClass,
        String label,
        List<String> modes,
        boolean ours,
        boolean keep,
        List<String> pods,
        boolean mounted,
        boolean expands,
        String trouble) {

    /** Whether its volume is still smaller than what is asked for. */
    public boolean isGrowing() {
        return !capacity.isEmpty() && Claims.bytes(capacity).compareTo(Claims.bytes(size)) < 0;
    }
}
