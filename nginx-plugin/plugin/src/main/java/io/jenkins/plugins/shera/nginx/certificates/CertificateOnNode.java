package io.jenkins.plugins.shera.nginx.certificates;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Reads which routes of the nginx on the machine it runs on show a certificate, after it brought a version of it if told to. */
final class CertificateOnNode extends MasterToSlaveCallable<ShownCertificate, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final String certificate;
    private final CertificatePair pair;

    /** Null for the pair only reads. */
    CertificateOnNode(NginxNodeSettings node, String certificate, CertificatePair pair) {
        this.node = node;
        this.certificate = certificate;
        this.pair = pair;
    }

    @Override
    public ShownCertificate call() throws IOException {
        NginxNode nginx = new NginxNode(NodeAccess.installation(node));
        try {
            ShownCertificate shown = shown(nginx, 0);
            if (pair != null && !shown.routes().isEmpty()) {
                return shown(nginx, nginx.renew(certificate, pair).generation());
            }
            return shown;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }

    private ShownCertificate shown(NginxNode nginx, long generation) throws IOException {
        return new ShownCertificate(
                nginx.routes().routes().stream()
                        .filter(route ->
                                route.tls() != null && route.tls().certificate().equals(certificate))
                        .toList(),
                generation);
    }
}
