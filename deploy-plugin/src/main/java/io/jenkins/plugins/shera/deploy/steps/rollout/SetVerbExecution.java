package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Gives a verb to a whole release set and is done; the set acts on it by itself. */
final class SetVerbExecution extends SynchronousNonBlockingStepExecution<Void> {

    private static final long serialVersionUID = 1L;

    private final transient Subject subject;
    private final SetVerb verb;

    SetVerbExecution(StepContext context, Subject subject, SetVerb verb) {
        super(context);
        this.subject = subject;
        this.verb = verb;
    }

    @Override
    protected Void run() throws Exception {
        try {
            String caller = Jenkins.getAuthentication2().getName();
            SetDesk.command(subject, verb, caller);
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("Told the release set of " + subject + ": " + verb.text());
            return null;
        } catch (RolloutException | VerbException | IOException | Refusal | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
