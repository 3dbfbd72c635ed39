package io.jenkins.plugins.shera.monitoring.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.monitoring.config.ThresholdSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Sets what an application is warned about:
 * {@code setThresholds(application: 'shop', thresholds: [threshold(metric: 'threads', warning: '300', for: '5m')])}.
 */
public class SetThresholdsStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<ThresholdSettings> thresholds;
    private String application = "";
    private String environment = "";
    private String tenant;

    /** {@code thresholds} take the place of all that were set where they are set. */
    @DataBoundConstructor
    public SetThresholdsStep(List<ThresholdSettings> thresholds) {
        this.thresholds = thresholds == null ? new ArrayList<>() : new ArrayList<>(thresholds);
    }

    public List<ThresholdSettings> getThresholds() {
        return List.copyOf(thresholds);
    }

    /** Name of the application; empty for all applications of the tenant. */
    public String getApplication() {
        return application;
    }

    @DataBoundSetter
    public void setApplication(String application) {
        this.application = Util.fixNull(application).trim();
    }

    /** Name of the environment; empty for all environments of the application. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixNull(environment).trim();
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new SetThresholdsExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "setThresholds";
        }

        @Override
        public String getDisplayName() {
            return Messages.SetThresholdsStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
