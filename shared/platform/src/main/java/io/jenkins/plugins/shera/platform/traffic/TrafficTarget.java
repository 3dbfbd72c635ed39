package io.jenkins.plugins.shera.platform.traffic;

import io.jenkins.plugins.shera.kube.api.KubeApi;

/**
 * Whose traffic, and on behalf of which rollout. Stable pods stand behind the Service {@code stable}, canary pods behind the
 * Service {@code canary} of the same port; both are there before traffic is asked for.
 *
 * @param cluster id of the cluster
 * @param stable name of the stable Service, which is the application's name
 * @param canary name of the canary's Service
 * @param port of both Services
 * @param rollout names the rollout
 * @param generation grows with every rollout and with every change of who drives it; whatever carries the weight carries it too
 * @param api the cluster, as the tenant
 */
public record TrafficTarget(
        String tenant,
        String application,
        String environment,
        String cluster,
        String namespace,
        String stable,
        String canary,
        int port,
        String rollout,
        long generation,
        KubeApi api) {

    /** For people. */
    @Override
    public String toString() {
        return application + " in " + environment + " (cluster " + cluster + ", namespace " + namespace + ")";
    }
}
