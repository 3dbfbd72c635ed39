package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;

/**
 * Reads which routes show a certificate, after it brought a version of it if told to.
 *
 * @param pair null only reads
 */
public record CertificateOnNode(String certificate, CertificatePair pair) implements NodeWork<ShownCertificate> {
    @Override
    public ShownCertificate on(NginxInstallation installation) throws IOException, InterruptedException {
        NginxNode nginx = new NginxNode(installation);
        ShownCertificate shown = shown(nginx, 0);
        if (pair != null && !shown.routes().isEmpty()) {
            return shown(nginx, nginx.renew(certificate, pair).generation());
        }
        return shown;
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
