package io.jenkins.plugins.shera.monitoring.desk;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.security.ACL;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Lets the rules in Prometheus follow what else changes: applications and environments that come and go, thresholds of the platform,
 * servers. What could not be brought into force is tried again every ten minutes, also after a restart, and said meanwhile.
 */
@Extension
public class RuleKeeper extends SaveableListener {

    private static final Logger LOGGER = Logger.getLogger(RuleKeeper.class.getName());
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofMinutes(10);

    private final Map<String, String> waiting = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();
    private boolean planned;

    /** The one instance. */
    public static RuleKeeper get() {
        return ExtensionList.lookupSingleton(RuleKeeper.class);
    }

    /** Begins to look after the rules once everything is loaded. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get().every(ROUND, "rules of tenants", ACL.SYSTEM_USERNAME, () -> {
            get().everyone();
            get().work();
        });
    }

    @Override
    public void onChange(Saveable saved, XmlFile file) {
        changed(saved, file);
    }

    @Override
    public void onDeleted(Saveable saved, XmlFile file) {
        changed(saved, file);
    }

    private void changed(Saveable saved, XmlFile file) {
        if (saved instanceof MonitoringConfiguration) {
            everyone();
            soon();
        } else if (saved instanceof SheraConfiguration configuration) {
            Path folder = configuration.root().resolve("tenants");
            Path path = file.getFile().toPath();
            if (path.startsWith(folder) && !path.equals(folder)) {
                add(List.of(folder.relativize(path).getName(0).toString()));
                soon();
            }
        }
    }

    private void everyone() {
        TreeSet<String> tenants = new TreeSet<>();
        SheraConfiguration.get().getTenants().forEach(tenant -> tenants.add(tenant.getId()));
        for (PrometheusServer server : servers()) {
            try {
                tenants.addAll(Watching.open(server).rules().tenants());
            } catch (IOException | Refusal e) {
                LOGGER.log(Level.WARNING, "the rules of Prometheus " + server.getId() + " cannot be listed", e);
            }
        }
        add(tenants);
    }

    private static List<PrometheusServer> servers() {
        return MonitoringConfiguration.get().getPrometheusServers().stream()
                .filter(PrometheusServer::hasRules)
                .toList();
    }

    private synchronized void add(Iterable<String> tenants) {
        String actor = Jenkins.getAuthentication2().getName();
        tenants.forEach(tenant -> waiting.put(tenant, actor));
    }

    private synchronized void soon() {
        if (!planned && (!servers().isEmpty() || !NoticeDesk.servers().isEmpty())) {
            planned = true;
            Schedules.get().after(SOON, "rules of tenants", ACL.SYSTEM_USERNAME, this::work);
        }
    }

    private synchronized Map<String, String> take() {
        planned = false;
        Map<String, String> taken = new TreeMap<>(waiting);
        waiting.clear();
        return taken;
    }

    private void work() {
        Map<String, String> actors = take();
        actors.keySet().removeIf(RuleKeeper::isUnreadable);
        actors.keySet().forEach(RuleKeeper::forget);
        for (PrometheusServer server : servers()) {
            bring(server, List.copyOf(actors.keySet()), actors);
        }
        try {
            Watchdogs.bring();
            NoticeDesk.bring();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A file that cannot be read is no removal: what is in force for a tenant goes on until somebody has repaired it. */
    private static boolean isUnreadable(String tenant) {
        SheraConfiguration configuration = SheraConfiguration.get();
        Path folder = configuration.root().resolve("tenants").resolve(tenant);
        return configuration.damages().stream()
                .map(damage -> configuration.root().resolve(damage.file()))
                .anyMatch(file -> file.startsWith(folder) || folder.startsWith(file));
    }

    /** Nobody is told any more of a tenant that is gone. */
    private static void forget(String tenant) {
        if (SheraConfiguration.get().tenant(tenant) != null) {
            return;
        }
        try {
            NoticeDesk.clear(tenant);
        } catch (IOException | Refusal e) {
            LOGGER.log(Level.WARNING, "Alertmanager still has receivers of " + tenant + ", which is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Together first, for one reload; where that fails, each by itself, so that none waits for another. */
    private void bring(PrometheusServer server, List<String> tenants, Map<String, String> actors) {
        try {
            ThresholdDesk.bring(server, tenants)
                    .forEach((tenant, changes) -> tell(tenant, changes, actors.get(tenant)));
            remember(server, tenants, null);
        } catch (IOException | Refusal e) {
            if (tenants.size() > 1) {
                tenants.forEach(tenant -> bring(server, List.of(tenant), actors));
                return;
            }
            // Jenkins goes down: the next start takes it up.
            if (!Thread.currentThread().isInterrupted()) {
                failed(server, tenants, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Said once for as long as it stays the same. */
    private void failed(PrometheusServer server, List<String> tenants, Exception thrown) {
        for (String tenant : tenants) {
            if (problem(tenant, server.getId()).equals(String.valueOf(thrown.getMessage()))) {
                continue;
            }
            LOGGER.log(
                    Level.WARNING,
                    "the rules of " + tenant + " on Prometheus " + server.getId() + " are not in force",
                    thrown);
            AuditLine.of("thresholds.bring", tenant)
                    .tenant(tenant)
                    .failed("Prometheus " + server.getId() + ": " + thrown.getMessage());
        }
        remember(server, tenants, String.valueOf(thrown.getMessage()));
    }

    private static void tell(String tenant, List<RuleChange> changes, String actor) {
        AuditLine.of("thresholds.bring", tenant).tenant(tenant).done();
        try {
            Changes.tell(tenant, changes, actor, entry -> entry);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a timeline of " + tenant + " could not be written", e);
        }
    }

    private synchronized void remember(PrometheusServer server, List<String> tenants, String problem) {
        for (String tenant : tenants) {
            String key = tenant + "/" + server.getId();
            if (problem == null) {
                problems.remove(key);
            } else {
                problems.put(key, problem);
            }
        }
    }

    /** Why a tenant's rules could not be brought into force on a server the last time; empty when they could. */
    public synchronized String problem(String tenant, String server) {
        return problems.getOrDefault(tenant + "/" + server, "");
    }

    /**
     * Brings a tenant's rules into force now, on every server.
     *
     * @return what changed
     * @throws IOException says which server refused
     */
    public List<RuleChange> now(Tenant tenant) throws IOException, InterruptedException {
        Map<String, List<RuleChange>> all = new HashMap<>();
        for (PrometheusServer server : servers()) {
            List<String> one = List.of(tenant.getId());
            try {
                ThresholdDesk.bring(server, one)
                        .forEach((id, changes) -> all.computeIfAbsent(id, key -> new ArrayList<>())
                                .addAll(changes));
                remember(server, one, null);
            } catch (IOException e) {
                remember(server, one, e.getMessage());
                throw new IOException("Prometheus " + server.getId() + ": " + e.getMessage(), e);
            }
        }
        return all.getOrDefault(tenant.getId(), List.of());
    }
}
