package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.canary.Durations;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code pause(duration: '10m')}: waits, or until somebody promotes when there is no duration. */
public final class PausePart extends RolloutPart {

    private String duration;

    /** Without a duration. */
    @DataBoundConstructor
    public PausePart() {
        // the duration may be absent
    }

    /** Such as {@code 10m}; null waits for a person. */
    public String getDuration() {
        return duration;
    }

    @DataBoundSetter
    public void setDuration(String duration) {
        this.duration = Util.fixEmptyAndTrim(duration);
    }

    @Override
    PlanStep step() {
        return new PlanStep.Pause(duration == null ? 0 : Math.max(1, Durations.seconds("duration", duration)));
    }

    @Extension
    @Symbol("pause")
    public static final class DescriptorImpl extends Descriptor<RolloutPart> {
        @Override
        public String getDisplayName() {
            return Messages.PausePart_displayName();
        }
    }
}
