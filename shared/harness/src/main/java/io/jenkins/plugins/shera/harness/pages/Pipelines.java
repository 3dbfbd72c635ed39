package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Job;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;

/** What the pages show of a Pipeline. */
final class Pipelines {
    private Pipelines() {}

    /** The script that stands in the job; null if it stands elsewhere. */
    static String script(Job<?, ?> job) {
        return job instanceof WorkflowJob pipeline && pipeline.getDefinition() instanceof CpsFlowDefinition definition
                ? definition.getScript()
                : null;
    }

    static List<StageLine> stages(Run<?, ?> run) throws IOException {
        return run instanceof WorkflowRun pipeline && pipeline.getExecution() != null
                ? Stages.of(pipeline.getExecution(), run.isBuilding())
                : List.of();
    }

    /** The inputs the build waits for. */
    static List<Question> questions(Run<?, ?> run) {
        List<Question> questions = new ArrayList<>();
        InputAction asked = run.getAction(InputAction.class);
        if (asked == null || !run.isBuilding()) {
            return questions;
        }
        try {
            for (InputStepExecution input : asked.getExecutions()) {
                if (!input.isSettled()) {
                    questions.add(new Question(
                            input.getId(),
                            input.getInput().getMessage(),
                            input.getInput().getOk(),
                            input.getInput().getParameters()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return questions;
    }
}
