package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Seconds long and safe to repeat: publishing the same route again changes nothing. */
final class PublishRouteExecution extends SynchronousNonBlockingStepExecution<PublishedRoute> {
    private static final long serialVersionUID = 1L;

    private final PublishRouteStep step;

    PublishRouteExecution(PublishRouteStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected PublishedRoute run() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        try {
            TenantContext context = TenantContext.forRun(build, step.getTenant(), SheraPermissions.ROUTE);
            RoutePlace place = RoutePlace.of(
                    context,
                    step.getNginx(),
                    step.getApplication(),
                    step.getEnvironment(),
                    build,
                    listener.getLogger()::println);
            return RoutePublishing.publish(step, place);
        } catch (Refusal | InvalidRouteException | IOException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
