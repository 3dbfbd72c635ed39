package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code resumeRollout(application: 'shop', environment: 'prod')}: the rollout goes on after a pause by hand. */
public final class ResumeRolloutStep extends VerbStep {

    /** {@code application} names the application. */
    @DataBoundConstructor
    public ResumeRolloutStep(String application) {
        super(application);
    }

    @Override
    Verb.Kind verb() {
        return Verb.Kind.RESUME;
    }

    @Extension
    public static final class DescriptorImpl extends VerbDescriptor {
        @Override
        public String getFunctionName() {
            return "resumeRollout";
        }

        @Override
        public String getDisplayName() {
            return Messages.ResumeRolloutStep_displayName();
        }
    }
}
