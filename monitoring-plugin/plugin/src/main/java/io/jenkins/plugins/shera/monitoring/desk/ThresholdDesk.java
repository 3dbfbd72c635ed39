package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.rules.TenantRules;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdStore;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Where thresholds are changed and brought into force: what Prometheus refuses is not kept. */
public final class ThresholdDesk {

    /** One at a time: the rules folder of a server has a single writer. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private static final String STORE = "thresholds";

    private ThresholdDesk() {}

    /** What came of it: the book's new version, the rules that changed, and the servers they are in force on. */
    public record Outcome(long version, List<RuleChange> changes, List<String> servers) {
        /** Keeps its own copies. */
        public Outcome {
            changes = List.copyOf(changes);
            servers = List.copyOf(servers);
        }
    }

    /** Where thresholds are set: empty names stand for all applications, or all environments of one. */
    public record Spot(String application, String environment) {
        String inBook() {
            return application.isEmpty() ? "" : ThresholdBook.place(application, environment);
        }
    }

    /** All that was set for a tenant. */
    public static ThresholdBook book(String tenant) throws IOException {
        return store().read(tenant);
    }

    private static ThresholdStore store() {
        return new ThresholdStore(SheraConfiguration.get().root().resolve(STORE));
    }

    /**
     * Replaces what was set at a place and puts the rules in force; {@code plan} sees the changes before.
     *
     * @param expected version the change was made from, negative for any
     * @throws IOException when Prometheus cannot be asked or refuses; then everything is as it was
     */
    public static Outcome set(
            Tenant tenant, Spot spot, List<Threshold> thresholds, long expected, Consumer<List<RuleChange>> plan)
            throws IOException, InterruptedException {
        return change(tenant, expected, book -> book.replaced(spot.inBook(), checkedOnce(thresholds)), plan);
    }

    /** How a book becomes another one. */
    @FunctionalInterface
    public interface Edit {
        /** The new book; what it says of versions is not looked at. */
        ThresholdBook of(ThresholdBook before);
    }

    /** The same for any change of a tenant's book. */
    public static Outcome change(Tenant tenant, long expected, Edit edit, Consumer<List<RuleChange>> plan)
            throws IOException, InterruptedException {
        List<RuleChange> changes = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            ThresholdBook kept = store().change(tenant.getId(), expected, before -> {
                ThresholdBook after = edit.of(before);
                List<TenantRules.Push> pushes = plan(tenant, after);
                for (TenantRules.Push push : pushes) {
                    changes.addAll(push.changes());
                    servers.add(push.server().id());
                }
                plan.accept(List.copyOf(changes));
                TenantRules.apply(pushes);
                return after;
            });
            return new Outcome(kept.version(), changes, servers);
        } catch (ThresholdStore.StaleException e) {
            throw Refusal.conflict("version", Messages.ThresholdDesk_stale(), Messages.ThresholdDesk_stale_next());
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /** What {@link #set} would change, checked by promtool; nothing is kept and nothing is put in force. */
    public static List<RuleChange> preview(Tenant tenant, Spot spot, List<Threshold> thresholds)
            throws IOException, InterruptedException {
        ThresholdBook after = book(tenant.getId()).replaced(spot.inBook(), checkedOnce(thresholds));
        List<RuleChange> changes = new ArrayList<>();
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            for (TenantRules.Push push : plan(tenant, after)) {
                push.server().rules().check(push.after());
                changes.addAll(push.changes());
            }
            return changes;
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    static void exclusively(NoticeDesk.Exclusive work) throws IOException, InterruptedException {
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            work.run();
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static List<Threshold> checkedOnce(List<Threshold> thresholds) {
        long different = thresholds.stream().map(Threshold::metric).distinct().count();
        if (different < thresholds.size()) {
            throw Refusal.input("thresholds", Messages.ThresholdDesk_twice(), Messages.ThresholdDesk_twice_next());
        }
        return thresholds;
    }

    private static List<TenantRules.Push> plan(Tenant tenant, ThresholdBook after) throws IOException {
        Map<String, List<TenantRules.Place>> places = Watching.places(tenant);
        if (places.isEmpty()) {
            throw Refusal.unknown(
                    "tenant " + tenant.getId(),
                    Messages.ThresholdDesk_unwatched(),
                    Messages.ThresholdDesk_unwatched_next());
        }
        List<TenantRules.Push> pushes = new ArrayList<>();
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        for (PrometheusServer server : configuration.getPrometheusServers()) {
            List<TenantRules.Place> own = places.get(server.getId());
            if (own != null) {
                pushes.add(TenantRules.plan(
                        tenant.getId(), Watching.open(server), own, configuration.platformBook(), after));
            }
        }
        return pushes;
    }

    /**
     * Makes the rules on one server be what the thresholds of these tenants say now, with one reload; of a tenant that is no more,
     * or that the server watches no more, none are left.
     *
     * @return what changed, by tenant; tenants without a change are left out
     * @throws IOException when Prometheus cannot be asked or refuses; then the rules there are as they were
     */
    static Map<String, List<RuleChange>> bring(PrometheusServer server, List<String> tenants)
            throws IOException, InterruptedException {
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            TenantRules.Server open = Watching.open(server);
            Map<String, List<RuleChange>> changes = new TreeMap<>();
            List<RuleFile> files = new ArrayList<>();
            for (String id : tenants) {
                Tenant tenant = SheraConfiguration.get().tenant(id);
                List<TenantRules.Place> places =
                        tenant == null ? List.of() : Watching.places(tenant).getOrDefault(server.getId(), List.of());
                TenantRules.Push push = TenantRules.plan(
                        id, open, places, MonitoringConfiguration.get().platformBook(), book(id));
                if (!push.changes().isEmpty()) {
                    changes.put(id, push.changes());
                }
                if (!push.changes().isEmpty() || !open.rules().isPlaced(push.after())) {
                    files.add(push.after());
                }
            }
            if (!files.isEmpty()) {
                open.rules().apply(files);
            }
            return changes;
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }
}
