package io.jenkins.plugins.shera.monitoring.steps;

import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.monitoring.rules.TenantRules;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdStore;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Where thresholds are changed and brought into force: what Prometheus refuses is not kept. */
final class ThresholdDesk {

    /** One at a time: the rules folder of a server has a single writer. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private static final String STORE = "thresholds";

    private ThresholdDesk() {}

    /** What came of it: the book's new version, the rules that changed, and the servers they are in force on. */
    record Outcome(long version, List<RuleChange> changes, List<String> servers) {}

    /**
     * Replaces what was set at a place and puts the rules in force; {@code plan} sees the changes before.
     *
     * @param application empty for the tenant itself
     * @param environment empty for all environments
     * @throws IOException when Prometheus cannot be asked or refuses; then everything is as it was
     */
    static Outcome set(
            Tenant tenant,
            String application,
            String environment,
            List<Threshold> thresholds,
            Consumer<List<RuleChange>> plan)
            throws IOException, InterruptedException {
        checkOnce(thresholds);
        ThresholdStore store =
                new ThresholdStore(SheraConfiguration.get().root().resolve(STORE));
        String place = application.isEmpty() ? "" : ThresholdBook.place(application, environment);
        List<RuleChange> changes = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            ThresholdBook kept = store.change(tenant.getId(), -1, before -> {
                ThresholdBook after = before.replaced(place, thresholds);
                List<TenantRules.Push> pushes = plan(tenant, before, after);
                for (TenantRules.Push push : pushes) {
                    changes.addAll(push.changes());
                    servers.add(push.server().id());
                }
                plan.accept(List.copyOf(changes));
                TenantRules.apply(pushes);
                return after;
            });
            return new Outcome(kept.version(), changes, servers);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static void checkOnce(List<Threshold> thresholds) {
        long different = thresholds.stream().map(Threshold::metric).distinct().count();
        if (different < thresholds.size()) {
            throw Refusal.input("thresholds", Messages.ThresholdDesk_twice(), Messages.ThresholdDesk_twice_next());
        }
    }

    private static List<TenantRules.Push> plan(Tenant tenant, ThresholdBook before, ThresholdBook after)
            throws IOException {
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        Map<String, PrometheusServer> servers = new LinkedHashMap<>();
        Map<String, List<TenantRules.Place>> places = new LinkedHashMap<>();
        for (Application application : SheraConfiguration.get().applicationsOf(tenant.getId())) {
            for (Environment environment : application.getEnvironments()) {
                PrometheusServer server =
                        configuration.serverOf(environment.getCluster()).orElse(null);
                if (server != null && tenant.owns(environment.getCluster(), environment.getNamespace())) {
                    servers.put(server.getId(), server);
                    places.computeIfAbsent(server.getId(), key -> new ArrayList<>())
                            .add(new TenantRules.Place(
                                    new AlertRule.Owner(tenant.getId(), application.getName(), environment.getName()),
                                    environment.getNamespace()));
                }
            }
        }
        if (servers.isEmpty()) {
            throw Refusal.unknown(
                    "tenant " + tenant.getId(),
                    Messages.ThresholdDesk_unwatched(),
                    Messages.ThresholdDesk_unwatched_next());
        }
        List<TenantRules.Push> pushes = new ArrayList<>();
        for (PrometheusServer server : servers.values()) {
            pushes.add(TenantRules.plan(
                    tenant.getId(),
                    open(server),
                    places.get(server.getId()),
                    configuration.platformBook(),
                    before,
                    after));
        }
        return pushes;
    }

    private static TenantRules.Server open(PrometheusServer server) {
        if (server.getRulesFolder().isEmpty()) {
            throw Refusal.unknown(
                    "Prometheus " + server.getId(),
                    Messages.ThresholdDesk_noFolder(),
                    Messages.ThresholdDesk_noFolder_next());
        }
        PrometheusClient client = server.client();
        return new TenantRules.Server(
                server.getId(),
                client,
                new PrometheusRules(Path.of(server.getRulesFolder()), Path.of(server.getPromtool()), client));
    }
}
