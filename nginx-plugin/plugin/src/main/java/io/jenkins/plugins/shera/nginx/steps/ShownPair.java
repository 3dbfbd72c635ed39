package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The certificate of a route that is being published.
 *
 * @param tls how it is served; null where it is not
 * @param pair null with it
 */
record ShownPair(RouteTls tls, CertificatePair pair) {
    private static final int SOON_DAYS = 14;

    /** Finds it on the cluster, and refuses one that the tenant may not show, or browsers would not take. */
    static ShownPair of(
            RouteTlsSettings settings, NginxCluster cluster, String tenant, String host, Consumer<String> log)
            throws InvalidRouteException {
        if (settings == null) {
            return new ShownPair(null, null);
        }
        CertificateDesk desk = new CertificateDesk(cluster);
        NginxCertificate certificate = desk.find(tenant, settings.getCertificate())
                .orElseThrow(() -> new InvalidRouteException(
                        Messages.ShownPair_none(settings.getCertificate(), cluster.getId(), tenant)));
        CertificatePair pair = desk.toShow(certificate, host);
        long days = pair.facts().daysLeft(Instant.now());
        if (days < SOON_DAYS) {
            log.accept(Messages.ShownPair_soon(settings.getCertificate(), days));
        }
        return new ShownPair(settings.on(cluster, certificate.id(), pair.version()), pair);
    }

    List<CertificatePair> brought() {
        return pair == null ? List.of() : List.of(pair);
    }
}
