package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') { ... }}: goes on after a failure of its body. */
public final class CatchErrorStep extends Step {
    private String message;
    private String buildResult = "FAILURE";
    private String stageResult = "SUCCESS";
    private boolean catchInterruptions = true;

    @DataBoundConstructor
    public CatchErrorStep() {}

    public String getMessage() {
        return message;
    }

    @DataBoundSetter
    public void setMessage(String message) {
        this.message = message;
    }

    public String getBuildResult() {
        return buildResult;
    }

    @DataBoundSetter
    public void setBuildResult(String buildResult) {
        this.buildResult = checked("buildResult", buildResult);
    }

    public String getStageResult() {
        return stageResult;
    }

    @DataBoundSetter
    public void setStageResult(String stageResult) {
        this.stageResult = checked("stageResult", stageResult);
    }

    private static String checked(String parameter, String result) {
        String name = result == null ? "SUCCESS" : result;
        if (!Result.fromString(name).toString().equalsIgnoreCase(name)) {
            throw new IllegalArgumentException(parameter + " is invalid: " + result
                    + ". Valid options are SUCCESS, UNSTABLE, FAILURE, NOT_BUILT and ABORTED.");
        }
        return name;
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
        return new ErrorCatcher(context, message, buildResult, stageResult, catchInterruptions);
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super(
                    "catchError",
                    "Catch error and set build result to failure",
                    true,
                    FlowNode.class,
                    Run.class,
                    TaskListener.class);
        }
    }
}
