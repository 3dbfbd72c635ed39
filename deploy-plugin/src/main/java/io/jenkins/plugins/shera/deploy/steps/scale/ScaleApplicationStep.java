package io.jenkins.plugins.shera.deploy.steps.scale;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Sets how many pods an application has and waits until they serve: {@code scaleApplication(application: 'shop', replicas: 3)},
 * {@code scaleApplication(application: 'shop', min: 2, max: 6, cpu: 70)}, {@code scaleApplication(application: 'shop', wake: true)}.
 */
public class ScaleApplicationStep extends Step {

    private static final int LONGEST_TIMEOUT = 24 * 60 * 60;

    private final String application;
    private String environment;
    private String tenant;
    private Integer replicas;
    private Integer min;
    private Integer max;
    private Integer cpu;
    private Integer memory;
    private boolean wake;
    private int timeout = DescriptorImpl.DEFAULT_TIMEOUT;

    /** Names the application. */
    @DataBoundConstructor
    public ScaleApplicationStep(String application) {
        this.application = application;
    }

    public String getApplication() {
        return application;
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

    /** A fixed number of pods; 0 sends the application to sleep. */
    public Integer getReplicas() {
        return replicas;
    }

    @DataBoundSetter
    public void setReplicas(Integer replicas) {
        this.replicas = replicas;
    }

    /** Fewest pods of an autoscaler. */
    public Integer getMin() {
        return min;
    }

    @DataBoundSetter
    public void setMin(Integer min) {
        this.min = min;
    }

    /** Most pods of an autoscaler. */
    public Integer getMax() {
        return max;
    }

    @DataBoundSetter
    public void setMax(Integer max) {
        this.max = max;
    }

    /** Use the autoscaler aims at, in percent of the CPU each pod asks for. */
    public Integer getCpu() {
        return cpu;
    }

    @DataBoundSetter
    public void setCpu(Integer cpu) {
        this.cpu = cpu;
    }

    /** The same of memory. */
    public Integer getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(Integer memory) {
        this.memory = memory;
    }

    /** Whether a sleeping application gets as many pods as before. */
    public boolean isWake() {
        return wake;
    }

    @DataBoundSetter
    public void setWake(boolean wake) {
        this.wake = wake;
    }

    /** Seconds until all pods must serve. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
                throw new IllegalArgumentException("'" + timeout
                        + "' cannot be the parameter timeout. Give seconds from 1 to " + LONGEST_TIMEOUT + ".");
            }
            ScaleOrder order = ScaleOrder.of(replicas, min, max, cpu, memory, wake);
            TenantContext acting = TenantContext.forRun(context.get(Run.class), tenant, SheraPermissions.DEPLOY);
            Application known = acting.application(application);
            Environment where = environment(acting, known);
            acting.checkDeploy(where);
            acting.cluster(where.getCluster());
            Subject subject = ScaleDesk.subject(known, where);
            return new ScaleApplicationExecution(context, subject, order, acting.actor(), timeout);
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot scale " + application + ". " + e.getMessage());
        }
    }

    private Environment environment(TenantContext acting, Application known) {
        if (environment != null) {
            return acting.environment(known, environment);
        }
        List<Environment> all = known.getEnvironments();
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "The application has " + all.size() + " environments. Say which one by the parameter environment.");
        }
        return acting.environment(known, all.get(0).getName());
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Seconds; as Kubernetes' own progress deadline. */
        public static final int DEFAULT_TIMEOUT = 600;

        @Override
        public String getFunctionName() {
            return "scaleApplication";
        }

        @Override
        public String getDisplayName() {
            return Messages.ScaleApplicationStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
