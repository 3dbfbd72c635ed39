package io.jenkins.plugins.shera.harness.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs the body of a step and turns its failure into results. */
final class ErrorCatcher extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final String buildResult;
    private final String stageResult;
    private final boolean interruptions;

    ErrorCatcher(StepContext context, String message, String buildResult, String stageResult, boolean interruptions) {
        super(context);
        this.message = message;
        this.buildResult = buildResult;
        this.stageResult = stageResult;
        this.interruptions = interruptions;
    }

    @Override
    public boolean start() {
        getContext().newBodyInvoker().withCallback(new Catch(this)).start();
        return false;
    }

    private void failed(StepContext context, Throwable t) throws IOException, InterruptedException {
        if (!interruptions && t instanceof FlowInterruptedException stop && stop.isActualInterruption()) {
            context.onFailure(t);
            return;
        }
        TaskListener listener = context.get(TaskListener.class);
        Run<?, ?> run = context.get(Run.class);
        if (message != null) {
            listener.error(message);
        }
        Result build = Result.fromString(buildResult);
        Result stage = Result.fromString(stageResult);
        if (t instanceof FlowInterruptedException stop) {
            stop.handle(run, listener);
            build = stop.getResult();
        } else if (t instanceof AbortException) {
            listener.error(t.getMessage());
        } else {
            t.printStackTrace(listener.getLogger());
        }
        if (build.isWorseThan(Result.SUCCESS)) {
            run.setResult(build);
        }
        if (stage.isWorseThan(Result.SUCCESS)) {
            context.get(FlowNode.class).addAction(new WarningAction(stage).withMessage(message));
        }
        context.onSuccess(null);
    }

    private static final class Catch extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final ErrorCatcher catcher;

        Catch(ErrorCatcher catcher) {
            this.catcher = catcher;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            try {
                catcher.failed(context, t);
            } catch (IOException | InterruptedException e) {
                context.onFailure(e);
            }
        }
    }
}
