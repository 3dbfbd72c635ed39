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

    VerbExecution(StepContext context, Subject subject, Verb.Kind verb) {
        super(context);
        this.subject = subject;
        this.verb = verb;
    }

    @Override
    protected Void run() throws Exception {
        try {
            String caller = Jenkins.getAuthentication2().getName();
            Rollouts.get().command(subject, Verb.of(verb, caller));
            RolloutDiary.said(subject, Verb.of(verb, caller));
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("Told the rollout of " + subject + ": " + verb.text());
            return null;
        } catch (RolloutException | VerbException | IOException | Refusal | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
