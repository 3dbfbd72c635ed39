package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code script { ... }}: any Groovy inside the steps of a declarative stage. */
public final class ScriptStep extends Step {
    @DataBoundConstructor
    public ScriptStep() {}

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Around(context, (c, body) -> {});
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("script", "Run arbitrary Pipeline script", true);
        }
    }
}
