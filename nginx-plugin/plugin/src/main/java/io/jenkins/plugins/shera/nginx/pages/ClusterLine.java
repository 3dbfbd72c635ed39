package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.drift.DriftWatch;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
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

    /** When the first of its certificates ends that the tenant may show, by ISO 8601; empty where there is none. */
    @Exported
    public String getCertificateEnds() {
        return first().map(one -> one.pair().facts().notAfter().toString()).orElse("");
    }

    /** Whole days until then, negative when it is over; 0 where there is none. */
    @Exported
    public long getCertificateDays() {
        return first().map(one -> one.pair().facts().daysLeft(Instant.now())).orElse(0L);
    }

    /** Name of that certificate; empty where there is none. */
    @Exported
    public String getCertificate() {
        return first().map(Ending::name).orElse("");
    }

    private record Ending(String name, CertificatePair pair) {}

    private Optional<Ending> first() {
        return new CertificateDesk(cluster)
                .visible(tenant).stream()
                        .flatMap(one -> CertificateDesk.held(one).stream().map(pair -> new Ending(one.getName(), pair)))
                        .min(Comparator.comparing(one -> one.pair().facts().notAfter()));
    }
}
