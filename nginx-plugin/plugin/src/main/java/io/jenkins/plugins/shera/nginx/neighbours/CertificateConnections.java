package io.jenkins.plugins.shera.nginx.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.certificates.CertificateWatch;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.tls.CertificateFacts;
import io.jenkins.plugins.shera.platform.extension.ConnectionFailure;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The certificates of the nginx clusters, down once one ends within two weeks or cannot be renewed. */
@Extension
public class CertificateConnections extends ConnectionKind {
    private static final int SOON_DAYS = 14;

    @Override
    public String id() {
        return "certificate";
    }

    @Override
    public String title() {
        return Messages.CertificateConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.CertificateConnections_purpose();
    }

    @Override
    public int order() {
        return 55;
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public String settings() {
        return "shera/";
    }

    @Override
    public List<Connection> connections() {
        return NginxConfiguration.get().getCertificates().stream()
                .<Connection>map(Of::new)
                .toList();
    }

    private record Of(NginxCertificate certificate) implements Connection {
        @Override
        public String name() {
            return certificate.getNginx() + ", "
                    + (certificate.getTenant().isEmpty() ? certificate.getName() : certificate.id());
        }

        @Override
        public URI address() {
            return null;
        }

        @Override
        public Localizable test() throws IOException {
            CertificateFacts facts = CertificateDesk.held(certificate)
                    .orElseThrow(() -> new ConnectionFailure(Messages._CertificateConnections_unread(problem())))
                    .facts();
            long left = facts.daysLeft(Instant.now());
            if (left < SOON_DAYS) {
                throw new ConnectionFailure(Messages._CertificateConnections_ends(facts.notAfter(), left, problem()));
            }
            if (!problem().isEmpty()) {
                throw new IOException(problem());
            }
            return Messages._CertificateConnections_until(facts.notAfter(), left);
        }

        private String problem() {
            return CertificateWatch.get().problem(certificate);
        }
    }
}
