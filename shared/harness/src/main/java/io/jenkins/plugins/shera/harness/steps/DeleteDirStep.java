package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.FilePath;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code deleteDir()}: deletes the current folder. */
public final class DeleteDirStep extends Step {
    @DataBoundConstructor
    public DeleteDirStep() {}

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return Work.aside(context, c -> {
            c.get(FilePath.class).deleteRecursive();
            return null;
        });
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("deleteDir", "Recursively delete the current directory from the workspace", false, FilePath.class);
        }
    }
}
