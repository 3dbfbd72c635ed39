package io.jenkins.plugins.shera.demo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Tenants;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.io.IOException;

/** What is left in the cluster when all builds have ended. */
final class SoakCluster {
    private static final ResourceKind DEPLOYMENT = new ResourceKind("apps/v1", "Deployment", "deployments", true);

    private SoakCluster() {}

    /** How many canaries of the first tenant still have pods. */
    static long canaries(DemoSite site) throws IOException {
        long count = 0;
        try (ClusterClient client =
                ClusterClient.open(Kubeconfig.parse(site.cluster().kubeconfig(), null, true), TimeLimits.STANDARD)) {
            for (JsonNode found : client.api().list(DEPLOYMENT, site.namespace(Tenants.FIRST), "", "")) {
                boolean canary = found.path("metadata").path("name").asText().endsWith("-canary");
                count += canary && found.path("spec").path("replicas").asInt() > 0 ? 1 : 0;
            }
        }
        return count;
    }
}
