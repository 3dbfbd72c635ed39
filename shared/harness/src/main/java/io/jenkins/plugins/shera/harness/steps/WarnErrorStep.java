package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code warnError('why') { ... }}: a failure of its body makes build and stage unstable. */
public final class WarnErrorStep extends Step {
    private final String message;
    private boolean catchInterruptions = true;

    @DataBoundConstructor
    public WarnErrorStep(String message) {
        this.message = message;
    }

    public String getMessage() {
        return message;
    }

    public boolean isCatchInterruptions() {
        return catchInterruptions;
    }

    @DataBoundSetter
    public void setCatchInterruptions(boolean catchInterruptions) {
        this.catchInterruptions = catchInterruptions;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ErrorCatcher(context, message, "UNSTABLE", "UNSTABLE", catchInterruptions);
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super(
                    "warnError",
                    "Catch error and set build and stage result to unstable",
                    true,
                    FlowNode.class,
                    Run.class,
                    TaskListener.class);
        }
    }
}
