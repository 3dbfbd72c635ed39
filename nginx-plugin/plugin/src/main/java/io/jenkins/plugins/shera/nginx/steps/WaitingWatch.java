package io.jenkins.plugins.shera.nginx.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.site.SiteNotes;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Puts pushes that wait for a time in force when it has come, in the name of who wrote them. */
@Extension
public class WaitingWatch implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(WaitingWatch.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(15);

    /** The one instance. */
    public static WaitingWatch get() {
        return ExtensionList.lookupSingleton(WaitingWatch.class);
    }

    /** Begins the rounds, which only look as SYSTEM. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get().every(ROUND, "pushes to nginx that wait", ACL.SYSTEM_USERNAME, () -> get().look());
    }

    /** Looks at every cluster now. */
    public void look() {
        for (NginxCluster cluster : NginxConfiguration.get().getClusters()) {
            try {
                Optional<SiteNotes.Waiting> waiting =
                        SiteDesk.notes(cluster.getId()).waiting();
                if (waiting.isPresent()
                        && waiting.get().due() != null
                        && !Instant.now().isBefore(waiting.get().due())) {
                    reload(cluster, waiting.get());
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "cannot read what waits for nginx cluster " + cluster.getId(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Once: what fails waits on for a person, with the reason. */
    private static void reload(NginxCluster cluster, SiteNotes.Waiting waiting)
            throws IOException, InterruptedException {
        try (ACLContext as = ACL.as2(User.getById(waiting.who(), true).impersonate2())) {
            Tenant tenant = SheraConfiguration.get().tenant(waiting.tenant());
            if (tenant == null
                    || !cluster.getTenants().equals(waiting.tenant())
                            && !jenkins.model.Jenkins.get().hasPermission(SheraPermissions.ADMINISTER)
                    || !TenantFolder.allows(tenant, SheraPermissions.ROUTE)) {
                throw new SitePush.FailedException(
                        Messages.WaitingWatch_permission(waiting.who(), cluster.getId()), null);
            }
            new WaitingDesk(cluster).reload("", said -> {});
        } catch (IOException | UsernameNotFoundException e) {
            SiteDesk.notes(cluster.getId()).keep(waiting.troubled(String.valueOf(e.getMessage())));
            AuditLine.of("nginx.reload", cluster.getId())
                    .tenant(waiting.tenant())
                    .failed(String.valueOf(e.getMessage()));
        }
    }
}
