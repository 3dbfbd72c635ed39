package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;

/** One step of a rollout as people write it: {@code setWeight(20)}. */
public abstract class RolloutPart extends AbstractDescribableImpl<RolloutPart> implements ExtensionPoint {

    /**
     * The checked step.
     *
     * @throws IllegalArgumentException saying what to give instead
     */
    abstract PlanStep step();
}
