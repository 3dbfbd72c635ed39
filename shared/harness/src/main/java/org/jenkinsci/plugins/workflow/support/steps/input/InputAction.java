package org.jenkinsci.plugins.workflow.support.steps.input;

import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The questions that a build waits for. */
public class InputAction implements RunAction2 {
    private transient Run<?, ?> run;

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** The open questions. */
    public synchronized List<InputStepExecution> getExecutions() throws InterruptedException {
        List<InputStepExecution> open = new ArrayList<>();
        StepExecution.acceptAll(InputStepExecution.class, execution -> {
            if (!execution.isSettled() && execution.isOf(run)) {
                open.add(execution);
            }
        });
        return open;
    }

    public boolean isWaitingForInput() throws InterruptedException {
        return !getExecutions().isEmpty();
    }

    /** The question with this id, or null. */
    public synchronized InputStepExecution getExecution(String id) throws InterruptedException {
        for (InputStepExecution execution : getExecutions()) {
            if (execution.getId().equals(id)) {
                return execution;
            }
        }
        return null;
    }

    /** Called by Stapler for the address of a question. */
    public InputStepExecution getDynamic(String token) throws InterruptedException {
        return getExecution(token);
    }

    @Override
    public String getIconFileName() {
        try {
            return isWaitingForInput() ? "symbol-pause-circle" : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public String getDisplayName() {
        return getIconFileName() == null ? null : "Paused for Input";
    }

    @Override
    public String getUrlName() {
        return "input";
    }
}
