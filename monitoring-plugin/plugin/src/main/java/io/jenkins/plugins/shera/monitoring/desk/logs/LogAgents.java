package io.jenkins.plugins.shera.monitoring.desk.logs;

import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.monitoring.config.LogAgentSettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.sources.AgentAddress;
import io.jenkins.plugins.shera.monitoring.sources.AgentLogs;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs.PodContainer;
import io.jenkins.plugins.shera.monitoring.sources.SourceNote;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The log agents of a cluster, as a tenant may ask them. */
final class LogAgents {

    private LogAgents() {}

    /** How to ask them for these containers; null when the cluster has none. */
    static Function<Consumer<SourceNote>, AgentLogs> of(
            KubernetesCluster cluster,
            Tenant tenant,
            ClusterAccess access,
            Map<ContainerLog, PodContainer> containers) {
        Optional<LogAgentSettings> settings = MonitoringConfiguration.get().logAgentOf(cluster.getId());
        if (settings.isEmpty()) {
            return null;
        }
        AgentAddress address = settings.get().read();
        return notes -> new AgentLogs(
                log -> Optional.ofNullable(containers.get(log)).flatMap(one -> address.of(one.node(), one.address())),
                identity(cluster, tenant, access),
                settings.get().trust(),
                notes);
    }

    /**
     * The tenant's own token, never that of the platform: an agent must not be able to do with what it is shown more than the tenant
     * may, and who impersonates shows the platform's.
     */
    private static Map<String, List<String>> identity(KubernetesCluster cluster, Tenant tenant, ClusterAccess access) {
        return cluster.loginOf(tenant.getId()).isPresent() ? access.identityHeaders() : Map.of();
    }
}
