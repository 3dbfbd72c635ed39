package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;

/** One call of a step in a script, with its parameters. */
public abstract class Step extends AbstractDescribableImpl<Step> implements ExtensionPoint {
    /** Prepares the work; {@link StepExecution#start} begins it. */
    public abstract StepExecution start(StepContext context) throws Exception;

    @Override
    public StepDescriptor getDescriptor() {
        return (StepDescriptor) (Descriptor<Step>) super.getDescriptor();
    }
}
