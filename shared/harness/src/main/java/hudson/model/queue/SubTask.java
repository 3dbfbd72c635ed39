package hudson.model.queue;

import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.ResourceActivity;
import java.io.IOException;

/** A part of a task that runs on one executor. */
public interface SubTask extends ResourceActivity {
    /** Where it must run, null for anywhere. */
    default Label getAssignedLabel() {
        return null;
    }

    /** Where it ran last, or null. */
    default Node getLastBuiltOn() {
        return null;
    }

    /** How long it takes, in milliseconds, -1 when it is not known. */
    default long getEstimatedDuration() {
        return -1;
    }

    /** Makes what is to be run. */
    Queue.Executable createExecutable() throws IOException;

    /** The task this belongs to. */
    default Queue.Task getOwnerTask() {
        return (Queue.Task) this;
    }

    /** The executable that asked for this one, or null. */
    default Queue.Executable getOwnerExecutable() {
        return null;
    }
}
