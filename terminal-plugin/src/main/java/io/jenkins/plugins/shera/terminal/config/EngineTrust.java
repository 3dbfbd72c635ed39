package io.jenkins.plugins.shera.terminal.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a TLS connection to an engine trusts, and who we are on it. */
public final class EngineTrust {

    private EngineTrust() {}

    /** The certificates of a PEM text; none is an error. */
    static List<Certificate> certificates(String pem) throws CertificateException {
        List<Certificate> all = new ArrayList<>(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        if (all.isEmpty()) {
            throw new CertificateException("there is no certificate in it");
        }
        return all;
    }

    /**
     * Proves itself by the keys of a store, and trusts the authorities of a PEM text and no other, or those of the JVM where it is empty.
     */
    public static SSLContext context(KeyStore keys, char[] password, String authorities)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory we = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        we.init(keys, password);
        KeyStore trusted = null;
        if (!authorities.isEmpty()) {
            trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate each : certificates(authorities)) {
                trusted.setCertificateEntry("authority-" + count++, each);
            }
        }
        TrustManagerFactory they = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        they.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(we.getKeyManagers(), they.getTrustManagers(), null);
        return context;
    }
}
