package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code switchApm(application: 'shop', mode: 'on', agent: 'pinpoint')}: pods get a monitoring agent, or lose it, with the same image. */
public class SwitchApmStep extends Step {

    private final String application;
    private final String mode;
    private String agent;
    private String environment;
    private String tenant;
    private String override;
    private int progressDeadlineSeconds = CanaryStep.DescriptorImpl.DEFAULT_DEADLINE;

    /** {@code application} names the application, {@code mode} is {@code off}, {@code canary} or {@code on}. */
    @DataBoundConstructor
    public SwitchApmStep(String application, String mode) {
        this.application = application;
        this.mode = Util.fixNull(mode).trim();
    }

    public String getApplication() {
        return application;
    }

    public String getMode() {
        return mode;
    }

    /** Name of the agent; null for the only one the tenant may use. */
    public String getAgent() {
        return agent;
    }

    @DataBoundSetter
    public void setAgent(String agent) {
        this.agent = Util.fixEmptyAndTrim(agent);
    }

    /** Name of the environment; null when the application has only one. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Why a freeze is overridden; null when it is not. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixEmptyAndTrim(override);
    }

    /** Seconds until all pods must serve again. */
    public int getProgressDeadlineSeconds() {
        return progressDeadlineSeconds;
    }

    @DataBoundSetter
    public void setProgressDeadlineSeconds(int progressDeadlineSeconds) {
        this.progressDeadlineSeconds = progressDeadlineSeconds;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new CanaryExecution(context, RolloutPermit.ofSwitch(this, context.get(Run.class)));
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Seconds; as Kubernetes' own progress deadline. */
        public static final int DEFAULT_DEADLINE = CanaryStep.DescriptorImpl.DEFAULT_DEADLINE;

        @Override
        public String getFunctionName() {
            return "switchApm";
        }

        /** The choices of a form. */
        public ListBoxModel doFillModeItems() {
            ListBoxModel modes = new ListBoxModel();
            modes.add(Messages.SwitchApmStep_on(), "on");
            modes.add(Messages.SwitchApmStep_canary(), "canary");
            modes.add(Messages.SwitchApmStep_off(), "off");
            return modes;
        }

        @Override
        public String getDisplayName() {
            return Messages.SwitchApmStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
