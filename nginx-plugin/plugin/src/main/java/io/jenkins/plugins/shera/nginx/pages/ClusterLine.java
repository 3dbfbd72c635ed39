package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.drift.DriftWatch;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An nginx cluster as it was configured. */
@ExportedBean
public final class ClusterLine {
    private final NginxCluster cluster;
    private final String tenant;

    ClusterLine(NginxCluster cluster, String tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    @Exported
    public String getId() {
        return cluster.getId();
    }

    /** How many nodes it has. */
    @Exported
    public int getNodes() {
        return cluster.isKubeng()
                ? cluster.daemonNames().size()
                : cluster.getNodes().size();
    }

    /** Where routes are served unless they name another port. */
    @Exported
    public int getPort() {
        return cluster.getPort();
    }

    /** Whether other tenants may publish there too. */
    @Exported
    public boolean isShared() {
        return !cluster.getTenants().equals(tenant);
    }

    /** How many of its nodes were not as they were left when they were last compared. */
    @Exported
    public int getDrifted() {
        return DriftWatch.get()
                .of(cluster.getId())
                .map(drift -> drift.drifted().size())
                .orElse(0);
    }

    /** How many could not be read then. */
    @Exported
    public int getUnread() {
        return DriftWatch.get()
                .of(cluster.getId())
                .map(drift -> drift.unread().size())
                .orElse(0);
    }

    /** When that was, by ISO 8601; empty before the first time. */
    @Exported
    public String getComparedAt() {
        return DriftWatch.get()
                .of(cluster.getId())
                .map(drift -> drift.at().toString())
                .orElse("");
    }
}
