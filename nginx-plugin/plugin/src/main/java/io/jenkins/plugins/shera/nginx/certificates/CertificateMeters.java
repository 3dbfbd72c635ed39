package io.jenkins.plugins.shera.nginx.certificates;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** When each certificate of the nginx clusters ends. */
@Extension
public final class CertificateMeters extends MeterSource {
    private static final String HELP = "When a certificate of an nginx cluster ends, in seconds since 1970.";

    @Override
    public List<Reading> readings() {
        List<Reading> all = new ArrayList<>();
        for (NginxCertificate one : NginxConfiguration.get().getCertificates()) {
            CertificateDesk.held(one)
                    .ifPresent(pair -> all.add(new Reading(
                            "shera_nginx_certificate_end_timestamp_seconds",
                            HELP,
                            Map.of("cluster", one.getNginx(), "tenant", one.getTenant(), "certificate", one.getName()),
                            pair.facts().notAfter().getEpochSecond())));
        }
        return all;
    }
}
