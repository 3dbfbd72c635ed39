package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Takes a route away: {@code removeRoute(host: 'shop.example.com')}. */
public class RemoveRouteStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String host;
    private String path = "/";
    private int port;
    private String nginx;
    private String tenant;

    /** What a route is known by. */
    @DataBoundConstructor
    public RemoveRouteStep(String host) {
        this.host = host;
    }

    public String getHost() {
        return host;
    }

    /** As it was published. */
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = path;
    }

    /** Where nginx listens; 0 where only one route has that host and path. */
    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** Id of the nginx cluster; null for the only one the tenant may use. */
    public String getNginx() {
        return nginx;
    }

    @DataBoundSetter
    public void setNginx(String nginx) {
        this.nginx = Util.fixEmptyAndTrim(nginx);
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
        return new Execution(this, context);
    }

    /** Seconds long; begun again after a crash, it refuses where the route is gone already. */
    private static final class Execution extends SynchronousNonBlockingStepExecution<RemovedRoute> {
        private static final long serialVersionUID = 1L;

        private final RemoveRouteStep step;

        Execution(RemoveRouteStep step, StepContext context) {
            super(context);
            this.step = step;
        }

        @Override
        protected RemovedRoute run() throws Exception {
            Run<?, ?> build = getContext().get(Run.class);
            TaskListener listener = getContext().get(TaskListener.class);
            try {
                TenantContext context = TenantContext.forRun(build, step.getTenant(), SheraPermissions.ROUTE);
                String tenant = context.tenant().getId();
                return new RouteRemoving(
                                NodeAccess.anyCluster(step.getNginx(), tenant),
                                tenant,
                                context.starter(),
                                build,
                                listener.getLogger()::println)
                        .remove(new RouteRemoving.Wish(step.getHost(), step.getPath(), step.getPort()));
            } catch (Refusal | InvalidRouteException | IOException e) {
                throw new AbortException(e.getMessage());
            }
        }
    }

    /** Offers the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "removeRoute";
        }

        @Override
        public String getDisplayName() {
            return Messages.RemoveRouteStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
