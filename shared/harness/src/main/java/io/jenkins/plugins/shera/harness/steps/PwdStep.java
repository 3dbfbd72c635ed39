package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code pwd()}: the current folder, or the temporary one beside the workspace. */
public final class PwdStep extends Step {
    private boolean tmp;

    @DataBoundConstructor
    public PwdStep() {}

    public boolean isTmp() {
        return tmp;
    }

    @DataBoundSetter
    public void setTmp(boolean tmp) {
        this.tmp = tmp;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        boolean beside = tmp;
        return Work.now(context, c -> {
            FilePath here = c.get(FilePath.class);
            return (beside ? WorkspaceList.tempDir(here) : here).getRemote();
        });
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("pwd", "Determine current directory", false, FilePath.class);
        }
    }
}
