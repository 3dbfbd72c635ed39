package io.jenkins.plugins.shera.harness.steps;

import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that puts something around its body and ends as the body does. */
final class Around extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final transient Preparation preparation;

    /** Says what the body gets. */
    interface Preparation {
        void prepare(StepContext context, BodyInvoker body) throws Exception;
    }

    Around(StepContext context, Preparation preparation) {
        super(context);
        this.preparation = preparation;
    }

    @Override
    public boolean start() throws Exception {
        BodyInvoker body = getContext().newBodyInvoker();
        preparation.prepare(getContext(), body);
        body.withCallback(getContext()).start();
        return false;
    }
}
