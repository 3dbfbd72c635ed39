package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Result;
import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.Future;
import jenkins.model.CauseOfInterruption;

/** A running body. */
public abstract class BodyExecution implements Future<Object>, Serializable {
    private static final long serialVersionUID = 1L;

    /** The innermost steps running inside the body. */
    public abstract Collection<StepExecution> getCurrentExecutions();

    @Deprecated
    public boolean cancel(CauseOfInterruption... causes) {
        return cancel(new FlowInterruptedException(Result.ABORTED, true, causes));
    }

    /** Stops every step inside the body with this cause. */
    public boolean cancel(Throwable t) {
        throw new AbstractMethodError("Override cancel(Throwable) from " + getClass());
    }

    @Override
    @Deprecated
    public boolean cancel(boolean b) {
        return cancel(new FlowInterruptedException(Result.ABORTED, true));
    }
}
