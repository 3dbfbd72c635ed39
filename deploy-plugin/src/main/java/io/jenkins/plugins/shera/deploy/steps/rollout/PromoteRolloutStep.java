package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code promoteRollout(application: 'shop', environment: 'prod')}: a paused rollout goes on, or with {@code full: true} to its end. */
public final class PromoteRolloutStep extends VerbStep {

    private boolean full;

    /** {@code application} names the application. */
    @DataBoundConstructor
    public PromoteRolloutStep(String application) {
        super(application);
    }

    /** Whether all steps to come are left out. */
    public boolean isFull() {
        return full;
    }

    @DataBoundSetter
    public void setFull(boolean full) {
        this.full = full;
    }

    @Override
    Verb.Kind verb() {
        return full ? Verb.Kind.PROMOTE_FULL : Verb.Kind.PROMOTE;
    }

    @Extension
    public static final class DescriptorImpl extends VerbDescriptor {
        @Override
        public String getFunctionName() {
            return "promoteRollout";
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteRolloutStep_displayName();
        }
    }
}
