package io.jenkins.plugins.shera.onjenkins;

import hudson.Extension;
import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** A build step whose form is the form of a Pipeline step, so that this goes through a page and back. */
public class StepHolder extends Builder {

    private final Step step;

    /** Holds this step. */
    @DataBoundConstructor
    public StepHolder(Step step) {
        this.step = step;
    }

    public Step getStep() {
        return step;
    }

    /** Offers the steps of the suite. */
    @Extension
    public static class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }

        /** What the form's list holds. */
        public List<StepDescriptor> getSteps() {
            return StepFormsTest.ours();
        }

        @Override
        public String getDisplayName() {
            return "Step of a Pipeline";
        }
    }
}
