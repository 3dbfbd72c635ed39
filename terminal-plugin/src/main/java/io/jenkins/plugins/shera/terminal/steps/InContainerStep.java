package io.jenkins.plugins.shera.terminal.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
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
 * Works in a container of an application as somebody would in its terminal:
 * {@code inContainer(application: 'shop', environment: 'dev', steps: [runCommand('ls /app'), packageImage('1.4-mended')])}.
 */
public class InContainerStep extends Step {

    private final String application;
    private final List<ContainerPart> steps;
    private String environment;
    private String tenant;
    private String pod;
    private String selector;
    private String container;

    /** Where, and what is done there in order. */
    @DataBoundConstructor
    public InContainerStep(String application, List<ContainerPart> steps) {
        this.application = application;
        this.steps = new ArrayList<>(Util.fixNull(steps));
    }

    public String getApplication() {
        return application;
    }

    /** What is done, in order. */
    public List<ContainerPart> getSteps() {
        return steps;
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

    /** Name of the pod; null for the first that is ready. */
    public String getPod() {
        return pod;
    }

    @DataBoundSetter
    public void setPod(String pod) {
        this.pod = Util.fixEmptyAndTrim(pod);
    }

    /** Labels the pod must bear besides the application's, such as {@code track=canary}; null for none. */
    public String getSelector() {
        return selector;
    }

    @DataBoundSetter
    public void setSelector(String selector) {
        this.selector = Util.fixEmptyAndTrim(selector);
    }

    /** Name of the container; null for the only one of the pod. */
    public String getContainer() {
        return container;
    }

    @DataBoundSetter
    public void setContainer(String container) {
        this.container = Util.fixEmptyAndTrim(container);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new InContainerExecution(context, new SessionRequest(this, context.get(Run.class)));
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "inContainer";
        }

        @Override
        public String getDisplayName() {
            return Messages.InContainerStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
