package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code pauseRollout(application: 'shop', environment: 'prod')}: the rollout holds its weight. */
public final class PauseRolloutStep extends VerbStep {

    /** {@code application} names the application. */
    @DataBoundConstructor
    public PauseRolloutStep(String application) {
        super(application);
    }

    @Override
    Verb.Kind verb() {
        return Verb.Kind.PAUSE;
    }

    @Extension
    public static final class DescriptorImpl extends VerbDescriptor {
        @Override
        public String getFunctionName() {
            return "pauseRollout";
        }

        @Override
        public String getDisplayName() {
            return Messages.PauseRolloutStep_displayName();
        }
    }
}
