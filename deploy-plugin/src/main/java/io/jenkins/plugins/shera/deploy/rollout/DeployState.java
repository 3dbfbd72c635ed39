package io.jenkins.plugins.shera.deploy.rollout;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * How far one deployment is, as it is saved with the build. It is saved before and after the one act that changes the
 * cluster, so that after a restart the act can be told from its preparation.
 */
public final class DeployState implements Serializable {

    private static final long serialVersionUID = 1;

    /** Where it stands. */
    public enum Phase {
        /** Nothing has been sent. */
        PLANNING,
        /** Planned, saved, and perhaps sent. */
        APPLYING,
        /** Sent; the cluster works on it. */
        WAITING
    }

    private Phase phase = Phase.PLANNING;
    private boolean first;
    private boolean serviceIsNew;
    private String requestBefore = "";
    private String templateBefore = "";
    private String imageBefore = "";
    private long deadlineMillis;
    /** Null in what was saved before there was a switch of APM. */
    private String apm = "";

    /** Where it stands. */
    public Phase phase() {
        return phase;
    }

    synchronized void planned(boolean isFirst, boolean serviceIsCreated, Before before) {
        first = isFirst;
        serviceIsNew = serviceIsCreated;
        requestBefore = before.request();
        templateBefore = before.template();
        imageBefore = before.image();
        phase = Phase.APPLYING;
    }

    synchronized void applied(long deadline) {
        deadlineMillis = deadline;
        phase = Phase.WAITING;
    }

    /** Whether the application was not there before. */
    public boolean isFirst() {
        return first;
    }

    boolean isServiceNew() {
        return serviceIsNew;
    }

    String requestBefore() {
        return requestBefore;
    }

    String templateBefore() {
        return templateBefore;
    }

    /** The image that ran before, or empty. */
    public String imageBefore() {
        return imageBefore;
    }

    synchronized void keepApm(String state) {
        apm = state;
    }

    /** The APM switch as it is kept, or empty. */
    String apm() {
        return apm == null ? "" : apm;
    }

    /** By the clock of Jenkins, in milliseconds of the epoch. */
    public long deadlineMillis() {
        return deadlineMillis;
    }

    /** Saving happens on another thread than working. */
    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
    }

    /** What the Deployment was before: its last request, pod template as JSON text, and image; each may be empty. */
    record Before(String request, String template, String image) {}
}
