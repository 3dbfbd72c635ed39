package io.jenkins.plugins.shera.harness.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.TaskListener;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code retry(3) { ... }}: runs its body until it succeeds, so many times at most; a stopped body is not retried. */
public final class RetryStep extends Step {
    private final int count;

    @DataBoundConstructor
    public RetryStep(int count) {
        this.count = count;
    }

    public int getCount() {
        return count;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, count);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        private final int count;

        Execution(StepContext context, int count) {
            super(context);
            this.count = count;
        }

        @Override
        public boolean start() {
            getContext().newBodyInvoker().withCallback(new Again(count)).start();
            return false;
        }
    }

    private static final class Again extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private int left;

        Again(int left) {
            this.left = left;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            if (t instanceof FlowInterruptedException stop && stop.isActualInterruption() || --left <= 0) {
                context.onFailure(t);
                return;
            }
            try {
                TaskListener listener = context.get(TaskListener.class);
                if (t instanceof AbortException) {
                    listener.error(t.getMessage());
                } else {
                    t.printStackTrace(listener.getLogger());
                }
                listener.getLogger().println("Retrying");
                context.newBodyInvoker().withCallback(this).start();
            } catch (IOException | InterruptedException e) {
                context.onFailure(e);
            }
        }
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("retry", "Retry the body up to N times", true, TaskListener.class);
        }
    }
}
