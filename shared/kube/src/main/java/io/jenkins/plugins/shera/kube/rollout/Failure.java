package io.jenkins.plugins.shera.kube.rollout;

/**
 * Why a rollout fails, in the words of the cluster.
 *
 * @param pod the pod that shows it, or empty when no pod could be made
 * @param container its container, or empty
 * @param text what the cluster says
 * @param log last lines of the container, or empty
 */
public record Failure(Reason reason, String pod, String container, String text, String log) {

    /** Kinds of reasons, each with what to do next. */
    public enum Reason {
        /** The node cannot get the image. */
        IMAGE_PULL("Check that the image is in the registry and that the namespace may pull it."),
        /** The program ends again and again. */
        CRASH("Read its last lines below, correct the program or its configuration, and deploy again."),
        /** The container used more memory than its limit. */
        OUT_OF_MEMORY("Raise the memory limit, or let the program use less."),
        /** A ConfigMap, Secret or key is missing, or the command cannot be started. */
        CONFIGURATION("Create what is missing or correct the name, and deploy again."),
        /** The namespace's quota is used up. */
        QUOTA("Ask for less, or let an administrator raise the tenant's quota."),
        /** An admission rule said no. */
        ADMISSION("Change what the rule names, and deploy again."),
        /** A probe fails. */
        PROBE("Check path, port and initial delay of the probe, and what the program answers."),
        /** No node takes the pod. */
        UNSCHEDULABLE("Ask for less CPU or memory, correct node selectors, or add nodes."),
        /** No node takes the pod, for a claim of it has no volume yet. */
        CLAIM("Let an administrator see whether the provisioner of the claim's StorageClass runs, and what it says."),
        /** A claim that the pod names is not there. */
        CLAIM_GONE("Make the claim, or correct its name in the volumes of the application."),
        /** A claim names no class where none is the default. */
        CLAIM_WITHOUT_CLASS(
                "Delete the claim, which holds nothing, and deploy with a StorageClass of this cluster; or let an administrator"
                        + " make one the default, which the claim then takes."),
        /** A claim asks for a volume that nobody makes. */
        CLAIM_BY_HAND("Let an administrator make a PersistentVolume that fits, or name a StorageClass in the volume."),
        /** A claim names a class that the cluster has not. */
        CLAIM_OF_UNKNOWN_CLASS(
                "Delete the claim, which holds nothing, and deploy with a StorageClass that this cluster has, or let an"
                        + " administrator add the class."),
        /** The volume of a claim was deleted. */
        CLAIM_LOST("Restore a snapshot into a new claim and deploy with that one."),
        /** The volume of the pod is where no node takes it. */
        VOLUME_ELSEWHERE(
                "The volume can be used only on certain nodes or in one zone: bring back or free such a node, or restore a"
                        + " snapshot into a new claim."),
        /** A volume cannot be mounted. */
        VOLUME("Check that the volume exists and may be used by this pod."),
        /** The time is over and nothing in the pods says why. */
        DEADLINE("Look at the pods, or give it more time by the parameter timeout."),
        /** The workload was deleted meanwhile. */
        GONE("Deploy again if it should run.");

        private final String next;

        Reason(String next) {
            this.next = next;
        }

        /** What to do next. */
        public String next() {
            return next;
        }
    }

    /** The same failure with the container's last lines. */
    public Failure withLog(String lines) {
        return new Failure(reason, pod, container, text, lines);
    }

    /** For people: who, what, and what to do next; the log is not part of it. */
    public String message() {
        String who = pod.isEmpty() ? "" : "pod " + pod + (container.isEmpty() ? "" : ", container " + container) + ": ";
        return who + text.strip().replaceFirst("[.]*$", ".") + " " + reason.next();
    }
}
