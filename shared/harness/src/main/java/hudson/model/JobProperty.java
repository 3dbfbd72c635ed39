package hudson.model;

import hudson.ExtensionPoint;
import java.util.Collection;
import java.util.Collections;
import jenkins.model.Jenkins;

/** Adds configuration to a job. */
public abstract class JobProperty<J extends Job<?, ?>>
        implements ReconfigurableDescribable<JobProperty<?>>, ExtensionPoint {
    /** The job. */
    protected transient J owner;

    protected void setOwner(J owner) {
        this.owner = owner;
    }

    @Override
    public JobPropertyDescriptor getDescriptor() {
        return (JobPropertyDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }

    /** Actions added to the job. */
    public Collection<? extends Action> getJobActions(J job) {
        return Collections.emptyList();
    }
}
