package io.jenkins.plugins.shera.deploy.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.RunningImage;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Asks the cluster as the tenant; changes nothing. */
final class FindRunningImageExecution extends SynchronousNonBlockingStepExecution<String> {

    private static final long serialVersionUID = 1L;

    private final String tenant;
    private final String application;
    private final String environment;

    FindRunningImageExecution(StepContext context, FindRunningImageStep step) {
        super(context);
        tenant = step.getTenant();
        application = step.getApplication();
        environment = step.getEnvironment();
    }

    @Override
    protected String run() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        try {
            TenantContext context = TenantContext.forRun(run, tenant, SheraPermissions.VIEW);
            Application known = context.application(application);
            Environment from = context.environment(known, environment);
            Origin origin = new Origin(context.tenant().getId(), known.getName(), from.getName(), "", "");
            try (ClusterClient client =
                    ClusterClient.open(context.access(context.cluster(from.getCluster())), TimeLimits.STANDARD)) {
                String image = new RunningImage(client.api(), origin, from.getNamespace()).read();
                getContext()
                        .get(TaskListener.class)
                        .getLogger()
                        .println(application + " in " + environment + " runs " + image);
                return image;
            }
        } catch (DeployException | KubeException | Refusal | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
