package org.jenkinsci.plugins.workflow.actions;

import io.jenkins.plugins.shera.harness.pipeline.RecordedProblem;

/** What a step or block failed with. */
public class ErrorAction implements PersistentAction {
    private final RecordedProblem error;

    public ErrorAction(Throwable error) {
        this.error = RecordedProblem.of(error);
    }

    /** The problem; of a type of its own that can be saved. */
    public Throwable getError() {
        return error.asThrowable();
    }

    @Override
    public String getDisplayName() {
        return error.message();
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
