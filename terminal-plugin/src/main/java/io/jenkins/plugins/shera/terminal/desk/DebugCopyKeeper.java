package io.jenkins.plugins.shera.terminal.desk;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.terminal.copy.DebugCopies;
import io.jenkins.plugins.shera.terminal.copy.DebugCopy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes away what is left of debug copies. The cluster itself ends a copy at its time, whether Jenkins runs or not; here the ended
 * pod is removed: soon after its end, and in an hourly walk through the namespaces of all tenants.
 */
@Extension
public class DebugCopyKeeper implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(DebugCopyKeeper.class.getName());
    private static final Duration ROUND = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SEEN = Duration.ofMinutes(10);

    /** The one instance. */
    public static DebugCopyKeeper get() {
        return ExtensionList.lookupSingleton(DebugCopyKeeper.class);
    }

    /** Begins the rounds. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        Schedules.get().every(ROUND, "debug copies", ACL.SYSTEM_USERNAME, () -> get().round(Instant.now()));
    }

    /** Looks again soon after this moment. */
    void after(Instant end) {
        Duration wait = Duration.between(Instant.now(), end).plus(SOON);
        Schedules.get().after(wait, "debug copies", ACL.SYSTEM_USERNAME, () -> get().round(Instant.now()));
    }

    /** Removes what ended; a copy that failed stays a few minutes, so that somebody sees why. */
    void round(Instant now) {
        for (Tenant tenant : SheraConfiguration.get().getTenants()) {
            for (TenantNamespace place : tenant.getNamespaces()) {
                try (ClusterClient client = client(tenant, place)) {
                    for (DebugCopy copy : DebugCopies.all(client.api(), place.getNamespace())) {
                        if (now.isAfter(copy.ends())
                                || copy.isOver() && now.isAfter(copy.made().plus(SEEN))) {
                            new DebugCopies(client.api(), place.getNamespace(), copy.application()).delete(copy);
                            AuditLine.of("debug-copy.collect", copy.application() + "/" + copy.name())
                                    .tenant(tenant.getId())
                                    .before(CopyDesk.json(copy))
                                    .done();
                        }
                    }
                } catch (IOException | Refusal e) {
                    LOGGER.log(Level.FINE, "debug copies of " + tenant.getId() + " cannot be looked through", e);
                }
            }
        }
    }

    /** How many copies of a tenant live; a cluster that does not answer counts for none, and starts none either. */
    int count(Tenant tenant) {
        int count = 0;
        for (TenantNamespace place : tenant.getNamespaces()) {
            try (ClusterClient client = client(tenant, place)) {
                List<DebugCopy> all = DebugCopies.all(client.api(), place.getNamespace());
                count += (int) all.stream().filter(each -> !each.isOver()).count();
            } catch (IOException | Refusal e) {
                LOGGER.log(Level.FINE, "debug copies of " + tenant.getId() + " cannot be counted", e);
            }
        }
        return count;
    }

    private static ClusterClient client(Tenant tenant, TenantNamespace place) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(place.getCluster());
        if (cluster == null) {
            throw Refusal.unknown("cluster " + place.getCluster(), Messages.PackageDesk_unknown(tenant.getId()), "");
        }
        return ClusterClient.open(ClusterLogin.ofTenant(cluster, tenant), TimeLimits.INTERACTIVE);
    }
}
