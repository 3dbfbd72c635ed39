package org.jenkinsci.plugins.workflow.job.properties;

import hudson.Extension;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.stapler.DataBoundConstructor;

/** Lets one build of a job run at a time. */
public class DisableConcurrentBuildsJobProperty extends OptionalJobProperty<WorkflowJob> {
    @DataBoundConstructor
    public DisableConcurrentBuildsJobProperty() {}

    /** Its descriptor. */
    @Extension
    @Symbol("disableConcurrentBuilds")
    public static class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "Do not allow concurrent builds";
        }
    }
}
