package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code abortRollout(application: 'shop', environment: 'prod')}: the rollout goes back; with nothing under way it does nothing. */
public final class AbortRolloutStep extends VerbStep {

    /** {@code application} names the application. */
    @DataBoundConstructor
    public AbortRolloutStep(String application) {
        super(application);
    }

    @Override
    Verb.Kind verb() {
        return Verb.Kind.ABORT;
    }

    @Extension
    public static final class DescriptorImpl extends VerbDescriptor {
        @Override
        public String getFunctionName() {
            return "abortRollout";
        }

        @Override
        public String getDisplayName() {
            return Messages.AbortRolloutStep_displayName();
        }
    }
}
