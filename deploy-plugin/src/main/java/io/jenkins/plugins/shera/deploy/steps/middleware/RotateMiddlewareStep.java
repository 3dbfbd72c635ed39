package io.jenkins.plugins.shera.deploy.steps.middleware;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Makes new credentials for middleware, starts its pod anew with them and waits until it serves:
 * {@code rotateMiddleware(application: 'shop', environment: 'dev', name: 'shop-db')}.
 */
public class RotateMiddlewareStep extends MiddlewareStep {

    /** What it cannot do without. */
    @DataBoundConstructor
    public RotateMiddlewareStep(String application, String name) {
        super(application, name);
    }

    @Override
    boolean onlyPlans() {
        return false;
    }

    @Override
    MiddlewareRequest request(Subject subject, String id) {
        return new MiddlewareRequest(subject, MiddlewareSpec.name(getName()), null, "", id);
    }

    /** Names the step for Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "rotateMiddleware";
        }

        @Override
        public String getDisplayName() {
            return Messages.RotateMiddlewareStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
