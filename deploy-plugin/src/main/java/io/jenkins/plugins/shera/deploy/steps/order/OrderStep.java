package io.jenkins.plugins.shera.deploy.steps.order;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that changes something of an application in one environment and waits until the cluster has done it. */
public abstract class OrderStep extends Step {

    private static final int LONGEST_TIMEOUT = 24 * 60 * 60;

    private final String application;
    private String environment;
    private String tenant;
    private int timeout;

    /** {@code timeout} is what it is unless somebody sets it, in seconds. */
    protected OrderStep(String application, int timeout) {
        this.application = application;
        this.timeout = timeout;
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

    /** Seconds until it must be done. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    /** For people, in the middle of a sentence: {@code scale shop}. */
    protected abstract String what();

    /** Refuses what more than the right to deploy is needed for. */
    protected void check(TenantContext acting) {}

    /** Makes it; the subject may be changed by {@code actor}. */
    protected abstract StepExecution execution(StepContext context, Subject subject, String actor) throws Exception;

    @Override
    public final StepExecution start(StepContext context) throws Exception {
        try {
            if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
                throw new IllegalArgumentException("'" + timeout
                        + "' cannot be the parameter timeout. Give seconds from 1 to " + LONGEST_TIMEOUT + ".");
            }
            TenantContext acting = TenantContext.forRun(context.get(Run.class), tenant, SheraPermissions.DEPLOY);
            Application known = acting.application(application);
            Environment where = environment(acting, known);
            acting.checkDeploy(where);
            check(acting);
            acting.cluster(where.getCluster());
            return execution(context, ClusterDesk.subject(known, where), acting.actor());
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot " + what() + ". " + e.getMessage());
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
}
