package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code retryRollout(application: 'shop', environment: 'prod')}: the rollout begins again after an abort. */
public final class RetryRolloutStep extends VerbStep {

    /** {@code application} names the application. */
    @DataBoundConstructor
    public RetryRolloutStep(String application) {
        super(application);
    }

    @Override
    Verb.Kind verb() {
        return Verb.Kind.RETRY;
    }

    @Extension
    public static final class DescriptorImpl extends VerbDescriptor {
        @Override
        public String getFunctionName() {
            return "retryRollout";
        }

        @Override
        public String getDisplayName() {
            return Messages.RetryRolloutStep_displayName();
        }
    }
}
