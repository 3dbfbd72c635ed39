package io.jenkins.plugins.shera.nginx.certificates;

import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.steps.KubengNodes;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;
import java.util.List;

/** Nodes that ask: the document names the version, and each node fetches it when it sees that. */
final class KubengCertificates implements CertificateNodes {
    private final NginxCluster cluster;
    private final String certificate;

    KubengCertificates(NginxCluster cluster, String certificate) {
        this.cluster = cluster;
        this.certificate = certificate;
    }

    @Override
    public List<Route> routes() throws IOException {
        return new KubengNodes(cluster).showing(certificate);
    }

    @Override
    public boolean isShown(String version) throws IOException {
        return routes().stream().allMatch(route -> route.tls().version().equals(version));
    }

    @Override
    public void bring(CertificatePair pair, CertificatePair before) throws IOException, InterruptedException {
        KubengDesks.get().offer(pair);
        try {
            new KubengNodes(cluster).renew(certificate, pair.version());
        } finally {
            KubengDesks.get().withdraw(pair);
        }
    }
}
