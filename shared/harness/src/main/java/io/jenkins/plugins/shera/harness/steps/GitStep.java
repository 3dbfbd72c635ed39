package io.jenkins.plugins.shera.harness.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code git url: 'https://...', branch: 'main', credentialsId: 'id'}: checks out a branch into the current folder. */
public final class GitStep extends Step {
    private final String url;
    private String branch = "master";
    private String credentialsId;
    private boolean changelog = true;
    private boolean poll = true;

    @DataBoundConstructor
    public GitStep(String url) {
        this.url = GitCheckout.checked("url", url);
    }

    public String getUrl() {
        return url;
    }

    public String getBranch() {
        return branch;
    }

    @DataBoundSetter
    public void setBranch(String branch) {
        this.branch = GitCheckout.checked("branch", branch);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    public boolean isChangelog() {
        return changelog;
    }

    /** Taken for the sake of scripts; the harness keeps no change logs. */
    @DataBoundSetter
    public void setChangelog(boolean changelog) {
        this.changelog = changelog;
    }

    public boolean isPoll() {
        return poll;
    }

    /** Taken for the sake of scripts; the harness does not poll. */
    @DataBoundSetter
    public void setPoll(boolean poll) {
        this.poll = poll;
    }

    @Override
    public StepExecution start(StepContext context) {
        String from = url;
        String what = branch;
        String credential = credentialsId;
        return Work.aside(context, c -> new GitCheckout(
                        c.get(FilePath.class), c.get(EnvVars.class), c.get(TaskListener.class), c.get(Run.class))
                .checkOut(from, what, credential));
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("git", "Git", false, EnvVars.class, FilePath.class, Run.class, TaskListener.class);
        }
    }
}
