package io.jenkins.plugins.shera.deploy.steps.middleware;

import hudson.Util;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.order.OrderStep;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps about one instance have in common. */
public abstract class MiddlewareStep extends OrderStep {

    /** Seconds; a first start makes the data folder. */
    public static final int DEFAULT_TIMEOUT = 900;

    private final String name;
    private String override;

    MiddlewareStep(String application, String name) {
        super(application, DEFAULT_TIMEOUT);
        this.name = name;
    }

    /** Name of the instance. */
    public String getName() {
        return name;
    }

    /** Why it is done although the tenant is frozen; null when it is not. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixEmptyAndTrim(override);
    }

    /** The request, of an application and environment that the build may change. */
    abstract MiddlewareRequest request(Subject subject, String id);

    /** Whether nothing is to be changed. */
    abstract boolean onlyPlans();

    @Override
    protected String what() {
        return "change the middleware of " + getApplication();
    }

    @Override
    protected void check(TenantContext acting) {
        if (override != null) {
            acting.checkOverride();
        }
    }

    @Override
    protected StepExecution execution(StepContext context, Subject subject, String actor) {
        MiddlewareRequest request = request(subject, UUID.randomUUID().toString());
        return new MiddlewareExecution(context, request, actor, override, onlyPlans(), getTimeout());
    }
}
