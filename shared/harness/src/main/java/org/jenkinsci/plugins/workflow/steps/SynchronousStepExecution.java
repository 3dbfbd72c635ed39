package org.jenkinsci.plugins.workflow.steps;

/** A step that is done in no time. */
public abstract class SynchronousStepExecution<T> extends StepExecution {
    private static final long serialVersionUID = 1L;

    protected SynchronousStepExecution(StepContext context) {
        super(context);
    }

    /** Does the work on the program's lane. */
    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        getContext().onSuccess(run());
        return true;
    }

    @Override
    public void stop(Throwable cause) throws Exception {}
}
