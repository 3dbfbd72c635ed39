package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads an nginx back, after it put back what was last put there if that is asked for. */
public final class DriftOnNode implements NodeWork<NodeDrift> {
    private static final long serialVersionUID = 1L;

    private final String tenant;
    private final boolean overwrite;
    private final TreeMap<String, String> site;
    private final ArrayList<CertificatePair> certificates;

    private DriftOnNode(
            String tenant, boolean overwrite, Map<String, String> site, List<CertificatePair> certificates) {
        this.tenant = tenant;
        this.overwrite = overwrite;
        this.site = site == null ? null : new TreeMap<>(site);
        this.certificates = new ArrayList<>(certificates);
    }

    /** Only reads. */
    public static DriftOnNode reading(String tenant) {
        return new DriftOnNode(tenant, false, null, List.of());
    }

    /** Puts back first. Null for the site leaves files of people alone, where it is not known which were pushed. */
    public static DriftOnNode overwriting(String tenant, Map<String, String> site, List<CertificatePair> certificates) {
        return new DriftOnNode(tenant, true, site, certificates);
    }

    @Override
    public NodeDrift on(NginxInstallation installation) throws IOException, InterruptedException {
        NginxNode nginx = new NginxNode(installation);
        if (overwrite) {
            nginx.overwrite(certificates);
            if (site != null && nginx.isSiteTouched()) {
                nginx.overwriteSite(site);
            }
        }
        return nginx.driftFor(tenant);
    }
}
