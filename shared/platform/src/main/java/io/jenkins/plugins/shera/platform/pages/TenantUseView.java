package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.quota.NamespaceUse;
import io.jenkins.plugins.shera.platform.quota.Use;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a tenant asks for, uses and may use, asked of its clusters now; a cluster that is down costs its rows only. */
@ExportedBean
public final class TenantUseView implements ModelObject {

    private static final Logger LOGGER = Logger.getLogger(TenantUseView.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final Tenant tenant;
    private List<UseRow> rows;

    TenantUseView(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public String getDisplayName() {
        return Messages.TenantUseView_displayName();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** One row for each namespace of the tenant. */
    @Exported
    public List<UseRow> getNamespaces() {
        if (rows == null) {
            rows = new ArrayList<>();
            for (TenantNamespace own : tenant.getNamespaces()) {
                rows.add(row(own));
            }
        }
        return rows;
    }

    /** All namespaces together, against the tenant's own bounds. */
    @Exported
    public UseRow getTotal() {
        Use sum = getNamespaces().stream().map(UseRow::use).reduce(Use::plus).orElse(Use.UNKNOWN);
        return new UseRow("", "", "", UseRow.bounded(sum, tenant.getQuota()));
    }

    private UseRow row(TenantNamespace own) {
        String cluster = own.getCluster();
        String namespace = own.getNamespace();
        try {
            KubernetesCluster known = SheraConfiguration.get().cluster(cluster);
            if (known == null) {
                return new UseRow(cluster, namespace, Messages.ReferenceRules_cluster(cluster), Use.UNKNOWN);
            }
            ClusterAccess access = known.getCredentialsId().isEmpty()
                    ? ClusterLogin.ofTenant(known, tenant)
                    : ClusterLogin.ofPlatform(known);
            return new UseRow(
                    cluster, namespace, "", Schedules.get().within(LIMIT, cluster, () -> read(access, namespace)));
        } catch (Refusal e) {
            LOGGER.log(Level.FINE, "no use of " + namespace + " on " + cluster, e);
            return new UseRow(cluster, namespace, e.why(), Use.UNKNOWN);
        }
    }

    private static Use read(ClusterAccess access, String namespace) {
        try (ClusterClient client = ClusterClient.open(access, TimeLimits.INTERACTIVE)) {
            return NamespaceUse.read(client.api(), namespace);
        } catch (KubeException e) {
            // Its text may quote the cluster; who only looks at a tenant learns the sort of failure.
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    "",
                    namespace,
                    Messages.TenantUseView_failed(e.kind()),
                    Messages.ConnectionTests_failed_next());
        }
    }
}
