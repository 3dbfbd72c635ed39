package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Gives one verb and is done; the rollout acts on it by itself. */
final class VerbExecution extends SynchronousNonBlockingStepExecution<Void> {

    private static final long serialVersionUID = 1L;

    private final transient Subject subject;
    private final Verb.Kind verb;
    private final int weight;

    VerbExecution(StepContext context, Subject subject, Verb.Kind verb, int weight) {
        super(context);
        this.subject = subject;
        this.verb = verb;
        this.weight = weight;
    }

    @Override
    protected Void run() throws Exception {
        try {
            Verb given = new Verb(verb, Jenkins.getAuthentication2().getName(), weight);
            Rollouts.get().command(subject, given);
            RolloutDiary.said(subject, given);
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("Told the rollout of " + subject + ": " + verb.text()
                            + (verb == Verb.Kind.SET_WEIGHT ? " " + weight : ""));
            return null;
        } catch (RolloutException | VerbException | IOException | Refusal | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
