package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code dir('path') { ... }}: runs its body in a folder below the current one. */
public final class DirStep extends Step {
    private final String path;

    @DataBoundConstructor
    public DirStep(String path) {
        this.path = path;
    }

    public String getPath() {
        return path;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        String below = path;
        return new Around(context, (c, body) -> {
            FilePath folder = c.get(FilePath.class).child(below);
            c.get(TaskListener.class).getLogger().println("Running in " + folder.getRemote());
            body.withContext(folder);
        });
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("dir", "Change current directory", true, FilePath.class, TaskListener.class);
        }
    }
}
