package hudson.model;

import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;

/** Adds to the environment of builds. */
public abstract class EnvironmentContributor implements ExtensionPoint {
    /** Adds to the environment of one build. */
    public void buildEnvironmentFor(Run r, EnvVars envs, TaskListener listener)
            throws IOException, InterruptedException {}

    /** Adds to the environment of all builds of a job. */
    public void buildEnvironmentFor(Job j, EnvVars envs, TaskListener listener)
            throws IOException, InterruptedException {}

    /** All contributors. */
    public static ExtensionList<EnvironmentContributor> all() {
        return ExtensionList.lookup(EnvironmentContributor.class);
    }
}
