package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.RulerClient;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.ClusterRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleTarget;
import io.jenkins.plugins.shera.monitoring.rules.RulerRules;
import io.jenkins.plugins.shera.monitoring.rules.ServedRules;
import io.jenkins.plugins.shera.monitoring.rules.TenantRules;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which Prometheus server watches what of a tenant. */
public final class Watching {
    private Watching() {}

    /** The server of an environment whose namespace is the tenant's own. */
    public static Optional<PrometheusServer> serverOf(Tenant tenant, Environment environment) {
        return tenant.owns(environment.getCluster(), environment.getNamespace())
                ? MonitoringConfiguration.get().serverOf(environment.getCluster())
                : Optional.empty();
    }

    /** An environment as a place of rules of this server. */
    public static TenantRules.Place place(
            Tenant tenant, Application application, Environment environment, PrometheusServer server) {
        String namespace = environment.getNamespace();
        long same = application.getEnvironments().stream()
                .filter(each -> each.getNamespace().equals(namespace) && server.watches(each.getCluster()))
                .count();
        return new TenantRules.Place(
                new AlertRule.Owner(application.getTenant(), application.getName(), environment.getName()),
                namespace,
                same > 1 || isShared(tenant, namespace, server));
    }

    /** Whether another tenant has a namespace of this name where the server watches: their series look alike. */
    static boolean isShared(Tenant tenant, String namespace, PrometheusServer server) {
        return SheraConfiguration.get().getTenants().stream()
                .filter(other -> !other.getId().equals(tenant.getId()))
                .anyMatch(other -> Arrays.stream(server.getClusters().split(" "))
                        .anyMatch(cluster -> other.owns(cluster, namespace)));
    }

    /** All of a tenant's watched environments, by the id of the server that watches them. */
    static Map<String, List<TenantRules.Place>> places(Tenant tenant) {
        Map<String, List<TenantRules.Place>> places = new LinkedHashMap<>();
        for (Application application : SheraConfiguration.get().applicationsOf(tenant.getId())) {
            for (Environment environment : application.getEnvironments()) {
                serverOf(tenant, environment)
                        .ifPresent(server -> places.computeIfAbsent(server.getId(), key -> new ArrayList<>())
                                .add(place(tenant, application, environment, server)));
            }
        }
        return places;
    }

    /** What a server is changed through; refused where no rules are kept for it. */
    static TenantRules.Server open(PrometheusServer server) {
        if (!server.hasRules()) {
            throw Refusal.unknown(
                    "Prometheus " + server.getId(), Messages.Watching_noFolder(), Messages.Watching_noFolder_next());
        }
        PrometheusClient client = server.client();
        Path promtool = Path.of(server.getPromtool());
        RuleTarget rules;
        if (!server.getObjectCluster().isEmpty()) {
            rules = new ClusterRules(() -> cluster(server), server.object(), promtool, client);
        } else if (!server.getRulerNamespace().isEmpty()) {
            rules = new RulerRules(new RulerClient(client, server.getRulerNamespace()), promtool, client);
        } else {
            rules = server.folderRules();
        }
        if (server.hasDaemon()) {
            rules = new ServedRules(rules, server.daemon(), client, server.getThresholdsJob());
        }
        return new TenantRules.Server(server.getId(), client, rules);
    }

    private static ClusterClient cluster(PrometheusServer server) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(server.getObjectCluster());
        if (cluster == null) {
            throw Refusal.unknown(
                    "Prometheus " + server.getId(),
                    Messages.Watching_noCluster(server.getObjectCluster()),
                    Messages.Watching_noCluster_next());
        }
        try {
            return ClusterClient.open(ClusterLogin.ofPlatform(cluster), TimeLimits.STANDARD);
        } catch (IllegalArgumentException e) {
            throw Refusal.input(
                    "cluster " + cluster.getId(), String.valueOf(e.getMessage()), Messages.Watching_noCluster_next());
        }
    }
}
