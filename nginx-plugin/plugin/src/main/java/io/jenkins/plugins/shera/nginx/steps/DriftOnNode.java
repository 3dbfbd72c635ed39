package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import jenkins.security.MasterToSlaveCallable;

/** Reads the nginx on the machine it runs on back, after it put back what was last put there if that is asked for. */
final class DriftOnNode extends MasterToSlaveCallable<NodeDrift, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final String tenant;
    private final boolean overwrite;
    private final TreeMap<String, String> site;
    private final ArrayList<CertificatePair> certificates;

    /** Only reads. */
    DriftOnNode(NginxNodeSettings node, String tenant) {
        this(node, tenant, false, null, List.of());
    }

    private DriftOnNode(
            NginxNodeSettings node,
            String tenant,
            boolean overwrite,
            TreeMap<String, String> site,
            List<CertificatePair> certificates) {
        this.node = node;
        this.tenant = tenant;
        this.overwrite = overwrite;
        this.site = site;
        this.certificates = new ArrayList<>(certificates);
    }

    /** Puts back first; files of people only where it is known which were pushed. */
    static DriftOnNode overwriting(NginxCluster cluster, NginxNodeSettings node, String tenant) throws IOException {
        return new DriftOnNode(
                node,
                tenant,
                true,
                SiteDesk.intended(cluster.getId()).map(TreeMap::new).orElse(null),
                new CertificateDesk(cluster).all());
    }

    @Override
    public NodeDrift call() throws IOException {
        NginxNode nginx = NodeAccess.node(node);
        try {
            if (overwrite) {
                nginx.overwrite(certificates);
                if (site != null && nginx.isSiteTouched()) {
                    nginx.overwriteSite(site);
                }
            }
            return nginx.driftFor(tenant);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was read back", e);
        }
    }
}
