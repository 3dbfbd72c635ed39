package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Util;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that tells the rollout under way what to do. */
public abstract class VerbStep extends Step {

    private final String application;
    private String environment;
    private String tenant;
    private boolean set;

    /** {@code application} names the application. */
    protected VerbStep(String application) {
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

    /** Whether the verb is for the whole release set that the rollout is a member of. */
    public boolean isSet() {
        return set;
    }

    @DataBoundSetter
    public void setSet(boolean set) {
        this.set = set;
    }

    abstract Verb.Kind verb();

    /** The weight that goes with the verb; 0 where none does. */
    int percent() {
        return 0;
    }

    /** The same for a whole release set. */
    SetVerb setVerb() {
        return SetVerb.of(verb().text()).orElseThrow();
    }

    /** Going forward wants Promote, which SYSTEM never has; holding and going back may also who may deploy. */
    List<Permission> anyOf() {
        return verb() == Verb.Kind.ABORT || verb() == Verb.Kind.PAUSE
                ? List.of(SheraPermissions.DEPLOY, SheraPermissions.PROMOTE)
                : List.of(SheraPermissions.PROMOTE);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Subject subject = RolloutPermit.ofVerb(this, context.get(Run.class), anyOf());
        return set
                ? new SetVerbExecution(context, subject, setVerb())
                : new VerbExecution(context, subject, verb(), percent());
    }

    /** What every verb asks of its surroundings. */
    abstract static class VerbDescriptor extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, hudson.model.TaskListener.class);
        }
    }
}
