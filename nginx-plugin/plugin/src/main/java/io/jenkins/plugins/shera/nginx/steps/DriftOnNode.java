package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jenkins.security.MasterToSlaveCallable;

/** Reads the nginx on the machine it runs on back, after it put back what was last put there if that is asked for. */
final class DriftOnNode extends MasterToSlaveCallable<NodeDrift, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final String tenant;
    private final boolean overwrite;
    private final TreeMap<String, String> site;

    /** Only reads. */
    DriftOnNode(NginxNodeSettings node, String tenant) {
        this(node, tenant, false, null);
    }

    private DriftOnNode(NginxNodeSettings node, String tenant, boolean overwrite, TreeMap<String, String> site) {
        this.node = node;
        this.tenant = tenant;
        this.overwrite = overwrite;
        this.site = site;
    }

    /** Puts back first; files of people only where it is known which were pushed. */
    static DriftOnNode overwriting(NginxNodeSettings node, String tenant, Optional<SortedMap<String, String>> site) {
        return new DriftOnNode(node, tenant, true, site.map(TreeMap::new).orElse(null));
    }

    @Override
    public NodeDrift call() throws IOException {
        NginxNode nginx = NodeAccess.node(node);
        try {
            if (overwrite) {
                nginx.overwrite();
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
