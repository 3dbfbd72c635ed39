package io.jenkins.plugins.shera.monitoring.sources;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the authorities of a PEM text and in no other, for one client. */
public final class TrustedPem {

    private TrustedPem() {}

    /**
     * For {@code HttpClient.Builder.sslContext}.
     *
     * @throws IllegalArgumentException when the text holds no certificate
     */
    public static SSLContext of(String pem) {
        try {
            Collection<? extends Certificate> given = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (given.isEmpty()) {
                throw new GeneralSecurityException("there is none in it");
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate each : given) {
                trusted.setCertificateEntry("authority-" + count++, each);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "The CA certificates cannot be read (" + e.getMessage()
                            + "): give them as PEM, -----BEGIN CERTIFICATE----- and so on.",
                    e);
        }
    }
}
