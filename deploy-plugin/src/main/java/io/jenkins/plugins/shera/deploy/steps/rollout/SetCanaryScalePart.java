package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code setCanaryScale(replicas: 1)} or {@code setCanaryScale(weight: 50)}: so many canary pods, whatever the weight. */
public final class SetCanaryScalePart extends RolloutPart {

    private int replicas;
    private int weight;

    /** With neither, pods follow the weight again. */
    @DataBoundConstructor
    public SetCanaryScalePart() {
        // both may be absent
    }

    public int getReplicas() {
        return replicas;
    }

    @DataBoundSetter
    public void setReplicas(int replicas) {
        this.replicas = replicas;
    }

    /** Percent of stable's pods. */
    public int getWeight() {
        return weight;
    }

    @DataBoundSetter
    public void setWeight(int weight) {
        this.weight = weight;
    }

    @Override
    PlanStep step() {
        return new PlanStep.SetCanaryScale(replicas, weight);
    }

    @Extension
    @Symbol("setCanaryScale")
    public static final class DescriptorImpl extends Descriptor<RolloutPart> {
        @Override
        public String getDisplayName() {
            return Messages.SetCanaryScalePart_displayName();
        }
    }
}
