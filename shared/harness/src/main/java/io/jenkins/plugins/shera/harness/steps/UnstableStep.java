package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code unstable 'why'}: makes the build and the stage unstable and goes on. */
public final class UnstableStep extends Step {
    private final String message;

    @DataBoundConstructor
    public UnstableStep(String message) {
        this.message = message;
    }

    public String getMessage() {
        return message;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        String why = message;
        return Work.now(context, c -> {
            c.get(TaskListener.class).getLogger().println("WARNING: " + why);
            c.get(FlowNode.class).addAction(new WarningAction(Result.UNSTABLE).withMessage(why));
            c.get(Run.class).setResult(Result.UNSTABLE);
            return null;
        });
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("unstable", "Set stage result to unstable", false, FlowNode.class, Run.class, TaskListener.class);
        }
    }
}
