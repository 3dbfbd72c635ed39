package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withCredentials([string(credentialsId: 'id', variable: 'TOKEN')]) { ... }}: secrets as variables. */
public final class WithCredentialsStep extends Step {
    private final List<CredentialBinding> bindings;

    @DataBoundConstructor
    public WithCredentialsStep(List<CredentialBinding> bindings) {
        this.bindings = bindings == null ? List.of() : new ArrayList<>(bindings);
    }

    public List<CredentialBinding> getBindings() {
        return bindings;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CredentialsExecution(context, bindings);
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("withCredentials", "Bind credentials to variables", true, Run.class, TaskListener.class);
        }
    }
}
