package jenkins.model;

import hudson.ExtensionPoint;
import hudson.model.Job;
import java.io.IOException;

/** Decides which builds to throw away. */
public abstract class BuildDiscarder implements hudson.model.Describable<BuildDiscarder>, ExtensionPoint {
    protected BuildDiscarder() {}

    /** Throws builds of the job away. */
    public abstract void perform(Job<?, ?> job) throws IOException, InterruptedException;
}
