package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.Evidence;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStore;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.RunningImage;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** How a rollout reaches its cluster, its record and what splits its traffic, with what is configured now. */
final class Reach {

    private Reach() {}

    /** A connection as the tenant; to be closed. */
    static ClusterClient open(Subject subject) {
        return ClusterClient.open(access(subject), TimeLimits.STANDARD);
    }

    /** How the tenant signs in there now. */
    static ClusterAccess access(Subject subject) {
        Tenant tenant = SheraConfiguration.get().tenant(subject.tenant());
        KubernetesCluster cluster = SheraConfiguration.get().cluster(subject.cluster());
        if (tenant == null || cluster == null || !tenant.owns(subject.cluster(), subject.namespace())) {
            throw new IllegalArgumentException("Cannot reach " + subject + ": its tenant or cluster is not configured"
                    + " any more, or the namespace is not the tenant's. Look at the settings of SheRa.");
        }
        return ClusterLogin.ofTenant(cluster, tenant);
    }

    /** Where its record stands. */
    static RolloutStore store(KubeApi api, Subject subject) {
        return new RolloutStore(api, SealKeys.get().of(subject.tenant()), subject);
    }

    /** What splits its traffic. */
    static TrafficRouter router(RolloutPlan plan) throws RolloutException {
        return TrafficRouter.restore(plan.router(), plan.routerSettings())
                .orElseThrow(() -> new RolloutException("The router '" + plan.router() + "' of the rollout of "
                        + plan.subject() + " is offered by no installed plugin. Install the plugin that has it."));
    }

    /** The image that serves there, by digest. */
    static String running(Subject subject) throws DeployException, KubeException {
        Origin origin = new Origin(subject.tenant(), subject.application(), subject.environment(), "", "");
        try (ClusterClient client = open(subject)) {
            return new RunningImage(client.api(), origin, subject.namespace()).read();
        }
    }

    /** What the last aborted canary said, by name. */
    static Map<String, String> evidence(Subject subject) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (ClusterClient client = open(subject)) {
            new Evidence(client.api(), subject).read().ifPresent(data -> data.properties()
                    .forEach(each -> texts.put(each.getKey(), each.getValue().asText())));
        }
        return texts;
    }
}
