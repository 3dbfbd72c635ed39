package io.jenkins.plugins.shera.harness.pipeline;

import hudson.AbortException;
import hudson.model.BuildListener;
import hudson.model.Run;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;

/** Writes into the log why a build ended as it did. */
public final class BuildProblems {
    private BuildProblems() {}

    /** Writes the problem, which may be null; those with a message meant for people without a stack trace. */
    public static void print(Throwable problem, Run<?, ?> run, BuildListener listener) {
        if (problem instanceof FlowInterruptedException stop) {
            stop.handle(run, listener);
        } else if (problem instanceof AbortException) {
            listener.error(problem.getMessage());
        } else if (problem instanceof MultipleCompilationErrorsException
                || problem instanceof MissingContextVariableException) {
            listener.getLogger().println(problem.getMessage());
        } else if (problem != null) {
            problem.printStackTrace(listener.getLogger());
        }
    }
}
