package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code setWeight(20)}: the canary gets 20 % of the requests. */
public final class SetWeightPart extends RolloutPart {

    private final int percent;

    /** 0 to 100. */
    @DataBoundConstructor
    public SetWeightPart(int percent) {
        this.percent = percent;
    }

    public int getPercent() {
        return percent;
    }

    @Override
    PlanStep step() {
        return new PlanStep.SetWeight(percent);
    }

    @Extension
    @Symbol("setWeight")
    public static final class DescriptorImpl extends Descriptor<RolloutPart> {
        @Override
        public String getDisplayName() {
            return Messages.SetWeightPart_displayName();
        }
    }
}
