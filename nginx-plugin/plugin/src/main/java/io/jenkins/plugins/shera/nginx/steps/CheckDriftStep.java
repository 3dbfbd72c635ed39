package io.jenkins.plugins.shera.nginx.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Reads every node of an nginx cluster back and compares it with what was last put there:
 * {@code def drift = checkDrift(nginx: 'edge')}.
 */
public class CheckDriftStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String nginx;
    private String tenant;
    private boolean overwrite;
    private String adopt;

    /** With its defaults. */
    @DataBoundConstructor
    public CheckDriftStep() {
        // every parameter has a default
    }

    /** Id of the nginx cluster; null for the only one the tenant may use. */
    public String getNginx() {
        return nginx;
    }

    @DataBoundSetter
    public void setNginx(String nginx) {
        this.nginx = Util.fixEmptyAndTrim(nginx);
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Whether nodes that drifted get back what was last put there. */
    public boolean isOverwrite() {
        return overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(boolean overwrite) {
        this.overwrite = overwrite;
    }

    /** Name of the node whose edits by hand become what is intended on every node; null for none. */
    public String getAdopt() {
        return adopt;
    }

    @DataBoundSetter
    public void setAdopt(String adopt) {
        this.adopt = Util.fixEmptyAndTrim(adopt);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CheckDriftExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "checkDrift";
        }

        @Override
        public String getDisplayName() {
            return Messages.CheckDriftStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
