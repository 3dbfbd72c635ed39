package io.jenkins.plugins.shera.deploy.steps.storage;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
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
 * Lets a volume grow, takes a snapshot of it, or makes a new one of a snapshot, and waits until the cluster has done it:
 * {@code changeVolume(application: 'shop', claim: 'shop-data', size: '20Gi')},
 * {@code changeVolume(application: 'shop', claim: 'shop-data', snapshot: 'before-2-0')},
 * {@code changeVolume(application: 'shop', claim: 'shop-data-back', restore: 'before-2-0')}.
 */
public class ChangeVolumeStep extends Step {

    private static final int LONGEST_TIMEOUT = 24 * 60 * 60;

    private final String application;
    private final String claim;
    private String environment;
    private String tenant;
    private String size;
    private String snapshot;
    private String restore;
    private int timeout = DescriptorImpl.DEFAULT_TIMEOUT;

    /** Names the application and the claim. */
    @DataBoundConstructor
    public ChangeVolumeStep(String application, String claim) {
        this.application = application;
        this.claim = claim;
    }

    /** Name of the claim; with restore, of the new one. */
    public String getClaim() {
        return claim;
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

    /** The size it grows to. */
    public String getSize() {
        return size;
    }

    @DataBoundSetter
    public void setSize(String size) {
        this.size = Util.fixEmptyAndTrim(size);
    }

    /** Name of the snapshot that is taken. */
    public String getSnapshot() {
        return snapshot;
    }

    @DataBoundSetter
    public void setSnapshot(String snapshot) {
        this.snapshot = Util.fixEmptyAndTrim(snapshot);
    }

    /** Name of the snapshot that the claim is made of. */
    public String getRestore() {
        return restore;
    }

    @DataBoundSetter
    public void setRestore(String restore) {
        this.restore = Util.fixEmptyAndTrim(restore);
    }

    /** Seconds until it must be done. */
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
            VolumeOrder order = VolumeOrder.of(claim, size, snapshot, restore);
            TenantContext acting = TenantContext.forRun(context.get(Run.class), tenant, SheraPermissions.DEPLOY);
            Application known = acting.application(application);
            Environment where = environment(acting, known);
            acting.checkDeploy(where);
            acting.cluster(where.getCluster());
            Subject subject = ScaleDesk.subject(known, where);
            return new ChangeVolumeExecution(context, subject, order, acting.actor(), timeout);
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot change the storage of " + application + ". " + e.getMessage());
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

        /** Seconds. */
        public static final int DEFAULT_TIMEOUT = 600;

        @Override
        public String getFunctionName() {
            return "changeVolume";
        }

        @Override
        public String getDisplayName() {
            return Messages.ChangeVolumeStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
