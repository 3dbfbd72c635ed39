package io.jenkins.plugins.shera.deploy.rollout;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** How far the deployment of a set of manifests is, as it is saved with the build before and after the cluster is changed. */
public final class ManifestState implements Serializable {

    private static final long serialVersionUID = 1;

    /** Where it stands. */
    public enum Phase {
        /** Nothing has been sent. */
        PLANNING,
        /** Planned, saved, and perhaps sent in part. */
        APPLYING,
        /** Sent; the cluster works on it. */
        WAITING
    }

    private Phase phase = Phase.PLANNING;
    private String requestBefore = "";
    private long deadlineMillis;

    /** Where it stands. */
    public Phase phase() {
        return phase;
    }

    synchronized void planned(String before) {
        requestBefore = before;
        phase = Phase.APPLYING;
    }

    synchronized void applied(long deadline) {
        deadlineMillis = deadline;
        phase = Phase.WAITING;
    }

    /** The request that applied the set last when this one was planned, or empty. */
    String requestBefore() {
        return requestBefore;
    }

    /** By the clock of Jenkins, in milliseconds of the epoch. */
    public long deadlineMillis() {
        return deadlineMillis;
    }

    /** Saving happens on another thread than working. */
    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
    }
}
