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
        /** No node takes the pod, for a claim of it has no volume. */
        CLAIM(
                "Check that the claim is there and names a StorageClass of this cluster whose provisioner runs: kubectl describe pvc"
                        + " tells what it waits for."),
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
