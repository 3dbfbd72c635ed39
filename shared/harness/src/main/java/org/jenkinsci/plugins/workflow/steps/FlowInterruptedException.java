package org.jenkinsci.plugins.workflow.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;

/** Ends a build or a body on purpose, with the result it shall have. */
public final class FlowInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 1L;

    private final Result result;
    private final List<CauseOfInterruption> causes;
    private boolean actualInterruption;

    public FlowInterruptedException(Result result, CauseOfInterruption... causes) {
        this(result, true, causes);
    }

    /** @param actualInterruption false when a step merely wants the build to end with this result */
    public FlowInterruptedException(Result result, boolean actualInterruption, CauseOfInterruption... causes) {
        this.result = result;
        this.causes = new ArrayList<>(Arrays.asList(causes));
        this.actualInterruption = actualInterruption;
    }

    public Result getResult() {
        return result;
    }

    public List<CauseOfInterruption> getCauses() {
        return causes;
    }

    public boolean isActualInterruption() {
        return actualInterruption;
    }

    public void setActualInterruption(boolean actualInterruption) {
        this.actualInterruption = actualInterruption;
    }

    @Override
    public String getMessage() {
        return causes.stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining(", "));
    }

    /** Writes the causes into the log and onto the build, each once. */
    public void handle(Run<?, ?> run, TaskListener listener) {
        Set<CauseOfInterruption> fresh = new LinkedHashSet<>(causes);
        for (InterruptedBuildAction known : run.getActions(InterruptedBuildAction.class)) {
            known.getCauses().forEach(fresh::remove);
        }
        if (!fresh.isEmpty()) {
            run.addAction(new InterruptedBuildAction(fresh));
            fresh.forEach(cause -> cause.print(listener));
        }
        print(getCause(), run, listener);
        for (Throwable suppressed : getSuppressed()) {
            print(suppressed, run, listener);
        }
    }

    private static void print(Throwable problem, Run<?, ?> run, TaskListener listener) {
        if (problem instanceof AbortException) {
            listener.getLogger().println(problem.getMessage());
        } else if (problem instanceof FlowInterruptedException interruption) {
            interruption.handle(run, listener);
        } else if (problem != null) {
            problem.printStackTrace(listener.getLogger());
        }
    }
}
