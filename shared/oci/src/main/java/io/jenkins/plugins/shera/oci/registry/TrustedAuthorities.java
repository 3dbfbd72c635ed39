package io.jenkins.plugins.shera.oci.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The usual authorities and those of a PEM text, for one client; nothing of the JVM is changed. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    static SSLContext with(String pem, String registry) throws RegistryException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (X509Certificate usual : usual().getAcceptedIssuers()) {
                store.setCertificateEntry("usual-" + count++, usual);
            }
            var given = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (given.isEmpty()) {
                throw new GeneralSecurityException("there is no certificate in it");
            }
            for (Certificate certificate : given) {
                store.setCertificateEntry("given-" + count++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new RegistryException(
                    0,
                    "The CA certificates given for the registry " + registry + " cannot be read (" + e.getMessage()
                            + "): give them as PEM, -----BEGIN CERTIFICATE----- and so on.",
                    e);
        }
    }

    private static X509TrustManager usual() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java trusts nobody");
    }
}
