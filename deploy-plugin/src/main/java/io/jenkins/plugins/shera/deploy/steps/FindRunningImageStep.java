package io.jenkins.plugins.shera.deploy.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Returns the image that serves in an environment, by digest, to promote it to the next one:
 * {@code deployApplication(application: 'shop', environment: 'prod', image: findRunningImage(application: 'shop', environment: 'staging'))}.
 */
public class FindRunningImageStep extends Step {

    private final String application;
    private final String environment;
    private String tenant;

    /** Which application, and where it serves. */
    @DataBoundConstructor
    public FindRunningImageStep(String application, String environment) {
        this.application = application;
        this.environment = environment;
    }

    public String getApplication() {
        return application;
    }

    public String getEnvironment() {
        return environment;
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
        return new FindRunningImageExecution(context, this);
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "findRunningImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.FindRunningImageStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
