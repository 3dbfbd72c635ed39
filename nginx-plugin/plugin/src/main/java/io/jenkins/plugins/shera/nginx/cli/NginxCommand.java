package io.jenkins.plugins.shera.nginx.cli;

import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What the commands for nginx clusters have in common: whose they are, and how a refusal is told. */
abstract class NginxCommand extends CLICommand {
    /** Does it; what it throws is told on the standard error. */
    abstract int act() throws IOException, InterruptedException, InvalidRouteException;

    @Override
    protected final int run() throws InterruptedException {
        try {
            return act();
        } catch (Refusal | IOException | InvalidRouteException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    /** The tenant, for which the caller may do that; the same words whether it is unknown or hidden. */
    static Tenant tenant(String id, Permission permission) {
        Tenant of = SheraConfiguration.get().tenant(id);
        if (of == null || !TenantFolder.allows(of, permission)) {
            throw Refusal.forbidden(
                    "tenant " + id,
                    Messages.CertificateCommand_permission(permission.name),
                    Messages.CertificateCommand_permission_next());
        }
        return of;
    }

    /** A cluster that the tenant may use; its only one where none is named. */
    static NginxCluster cluster(String id, Tenant tenant) {
        Optional<NginxCluster> found = id.isEmpty()
                ? NginxConfiguration.get().onlyClusterOf(tenant.getId())
                : NginxConfiguration.get().clusterFor(id, tenant.getId());
        return found.orElseThrow(() -> Refusal.unknown(
                "cluster " + id,
                Messages.CertificateCommand_cluster(tenant.getId()),
                Messages.CertificateCommand_cluster_next()));
    }

    /** Refuses a cluster that others use too, unless the caller administers all of them. */
    static void requireWhole(NginxCluster cluster, Tenant tenant) {
        if (!cluster.getTenants().equals(tenant.getId()) && !Jenkins.get().hasPermission(SheraPermissions.ADMINISTER)) {
            throw Refusal.conflict(
                    "cluster " + cluster.getId(), Messages.NginxCommand_shared(), Messages.NginxCommand_shared_next());
        }
    }

    /** Refuses a cluster whose nodes ask for what they serve, and take no files. */
    static void requirePushed(NginxCluster cluster) {
        if (cluster.isKubeng()) {
            throw Refusal.conflict(
                    "cluster " + cluster.getId(), Messages.NginxCommand_kubeng(), Messages.NginxCommand_kubeng_next());
        }
    }

    static String caller() {
        return Jenkins.getAuthentication2().getName();
    }
}
