package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code setRolloutWeight(application: 'shop', weight: 30)}: a paused rollout takes another weight until it goes on. */
public final class SetRolloutWeightStep extends VerbStep {

    private final int weight;

    /**
     * Another weight for the rollout under way.
     *
     * @param application names the application
     * @param weight in percent, from 0 to 100
     */
    @DataBoundConstructor
    public SetRolloutWeightStep(String application, int weight) {
        super(application);
        this.weight = weight;
    }

    /** Percent of the requests, or of the pods where these are the shares. */
    public int getWeight() {
        return weight;
    }

    @Override
    Verb.Kind verb() {
        return Verb.Kind.SET_WEIGHT;
    }

    @Override
    int percent() {
        return weight;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (isSet()) {
            throw new AbortException("Cannot do this to the release set of " + getApplication()
                    + ": the weight is that of one member. Leave set out.");
        }
        return super.start(context);
    }

    @Extension
    public static final class DescriptorImpl extends VerbDescriptor {
        @Override
        public String getFunctionName() {
            return "setRolloutWeight";
        }

        @Override
        public String getDisplayName() {
            return Messages.SetRolloutWeightStep_displayName();
        }
    }
}
