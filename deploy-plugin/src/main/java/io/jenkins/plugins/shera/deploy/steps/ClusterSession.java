package io.jenkins.plugins.shera.deploy.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;

/** The connection of one running step, opened when it is first asked for and again after its credential was refused. */
final class ClusterSession implements AutoCloseable {

    private ClusterClient client;

    /** As the tenant; whether the build still may is asked each time it is opened. */
    KubeApi api(DeployRequest request, Run<?, ?> run) {
        return api(request.origin().tenant(), request.cluster(), run);
    }

    /** The same by the ids of tenant and cluster. */
    synchronized KubeApi api(String tenant, String cluster, Run<?, ?> run) {
        if (client == null) {
            TenantContext context = TenantContext.forRun(run, tenant, SheraPermissions.DEPLOY);
            client = ClusterClient.open(context.access(context.cluster(cluster)), TimeLimits.STANDARD);
        }
        return client.api();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
