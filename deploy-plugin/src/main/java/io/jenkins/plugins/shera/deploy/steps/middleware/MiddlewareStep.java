package io.jenkins.plugins.shera.deploy.steps.middleware;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps about one instance have in common. */
public abstract class MiddlewareStep extends Step {

    /** Seconds; a first start makes the data folder. */
    public static final int DEFAULT_TIMEOUT = 900;

    private static final int LONGEST_TIMEOUT = 24 * 60 * 60;

    private final String application;
    private final String name;
    private String environment;
    private String tenant;
    private String override;
    private int timeout = DEFAULT_TIMEOUT;

    MiddlewareStep(String application, String name) {
        this.application = application;
        this.name = name;
    }

    public String getApplication() {
        return application;
    }

    /** Name of the instance. */
    public String getName() {
        return name;
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

    /** Why it is done although the tenant is frozen; null when it is not. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixEmptyAndTrim(override);
    }

    /** Seconds until it must serve. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    /** The request, of an application and environment that the build may change. */
    abstract MiddlewareRequest request(Subject subject, String id);

    /** Whether nothing is to be changed. */
    abstract boolean onlyPlans();

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
                throw new IllegalArgumentException("'" + timeout
                        + "' cannot be the parameter timeout. Give seconds from 1 to " + LONGEST_TIMEOUT + ".");
            }
            TenantContext acting = TenantContext.forRun(context.get(Run.class), tenant, SheraPermissions.DEPLOY);
            Application known = acting.application(application);
            Environment where = environment(acting, known);
            acting.checkDeploy(where);
            if (override != null) {
                acting.checkOverride();
            }
            acting.cluster(where.getCluster());
            MiddlewareRequest request =
                    request(ScaleDesk.subject(known, where), UUID.randomUUID().toString());
            return new MiddlewareExecution(context, request, acting.actor(), override, onlyPlans(), timeout);
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot change the middleware of " + application + ". " + e.getMessage());
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
