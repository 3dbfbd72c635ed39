package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.RulerClient;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleTarget;
import io.jenkins.plugins.shera.monitoring.rules.RulerRules;
import io.jenkins.plugins.shera.monitoring.rules.TenantRules;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** An environment as a place of rules. */
    public static TenantRules.Place place(Application application, Environment environment) {
        return new TenantRules.Place(
                new AlertRule.Owner(application.getTenant(), application.getName(), environment.getName()),
                environment.getNamespace());
    }

    /** All of a tenant's watched environments, by the id of the server that watches them. */
    static Map<String, List<TenantRules.Place>> places(Tenant tenant) {
        Map<String, List<TenantRules.Place>> places = new LinkedHashMap<>();
        for (Application application : SheraConfiguration.get().applicationsOf(tenant.getId())) {
            for (Environment environment : application.getEnvironments()) {
                serverOf(tenant, environment)
                        .ifPresent(server -> places.computeIfAbsent(server.getId(), key -> new ArrayList<>())
                                .add(place(application, environment)));
            }
        }
        return places;
    }

    /** What a server is changed through; refused where it has no folder of rules. */
    static TenantRules.Server open(PrometheusServer server) {
        if (!server.hasRules()) {
            throw Refusal.unknown(
                    "Prometheus " + server.getId(), Messages.Watching_noFolder(), Messages.Watching_noFolder_next());
        }
        PrometheusClient client = server.client();
        Path promtool = Path.of(server.getPromtool());
        RuleTarget rules = server.getRulerNamespace().isEmpty()
                ? new PrometheusRules(Path.of(server.getRulesFolder()), promtool, client)
                : new RulerRules(new RulerClient(client, server.getRulerNamespace()), promtool, client);
        return new TenantRules.Server(server.getId(), client, rules);
    }
}
