package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code undoRollout(application: 'shop', environment: 'prod')}: the revision before, or the one named, becomes stable; waits until it serves. */
public final class UndoRolloutStep extends VerbStep {

    private String revision;

    /** {@code application} names the application. */
    @DataBoundConstructor
    public UndoRolloutStep(String application) {
        super(application);
    }

    /** As {@code kubectl rollout history} counts; null for the one before. */
    public String getRevision() {
        return revision;
    }

    @DataBoundSetter
    public void setRevision(String revision) {
        this.revision = Util.fixEmptyAndTrim(revision);
    }

    /** Not given as a verb: going back is a release without steps. */
    @Override
    Verb.Kind verb() {
        return Verb.Kind.PROMOTE_FULL;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Run<?, ?> run = context.get(Run.class);
        Subject subject = RolloutPermit.ofUndo(this, run);
        if (isSet()) {
            return new SetVerbExecution(context, subject, SetVerb.UNDO);
        }
        return new CanaryExecution(
                context,
                RolloutPermit.ofUndo(
                        subject, revision, Jenkins.getAuthentication2().getName(), run.getExternalizableId()));
    }

    @Extension
    public static final class DescriptorImpl extends VerbDescriptor {
        @Override
        public String getFunctionName() {
            return "undoRollout";
        }

        @Override
        public String getDisplayName() {
            return Messages.UndoRolloutStep_displayName();
        }
    }
}
