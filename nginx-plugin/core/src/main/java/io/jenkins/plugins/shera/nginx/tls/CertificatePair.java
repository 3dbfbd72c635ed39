package io.jenkins.plugins.shera.nginx.tls;

import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A certificate with those that signed it and its private key, known to belong together. */
public final class CertificatePair implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 10;
    private static final int LONGEST = 64 * 1024;
    private static final int SHORTEST_RSA = 2048;
    private static final int DNS_NAME = 2;

    private final String chain;
    private final String key;
    private final String version;

    private CertificatePair(List<X509Certificate> certificates, String key) throws CertificateException {
        StringBuilder pem = new StringBuilder();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (X509Certificate one : certificates) {
            pem.append(Pem.of("CERTIFICATE", one.getEncoded()));
            all.writeBytes(one.getEncoded());
        }
        this.chain = pem.toString();
        this.key = key;
        this.version = Fingerprint.of(all.toByteArray());
    }

    /**
     * Reads and judges PEM texts, whatever else stands in them.
     *
     * @param certificates the server's own first, then who signed it, and so on
     * @param key in PKCS#8, PKCS#1 or SEC 1; may stand in the same text
     * @throws InvalidCertificateException if nginx or a browser would not take them
     */
    public static CertificatePair of(String certificates, String key, Instant now) throws InvalidCertificateException {
        return judged(certificates, key, now);
    }

    private static CertificatePair judged(String certificates, String key, Instant now)
            throws InvalidCertificateException {
        if (certificates.length() > LONGEST || key.length() > LONGEST) {
            throw new InvalidCertificateException("The PEM text is longer than " + LONGEST + " characters. Give the "
                    + "server's certificate, those that signed it, and its key alone.");
        }
        List<X509Certificate> chain = read(certificates);
        if (now != null) {
            requireInTime(chain, now);
        }
        requireChain(chain);
        X509Certificate own = chain.get(0);
        if (own.getPublicKey() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
            throw new InvalidCertificateException("The key of " + subject(own) + " has "
                    + rsa.getModulus().bitLength() + " bits, which browsers and nginx do not accept. Make one with "
                    + SHORTEST_RSA + " or more.");
        }
        byte[] pkcs8 = KeyReader.read(key, own.getPublicKey()).getEncoded();
        try {
            return new CertificatePair(chain, Pem.of("PRIVATE KEY", pkcs8));
        } catch (CertificateException e) {
            throw unreadable();
        }
    }

    /** The same for what was judged before, be it over by now. */
    public static CertificatePair whenever(String certificates, String key) throws InvalidCertificateException {
        return judged(certificates, key, null);
    }

    private static List<X509Certificate> read(String text) throws InvalidCertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(text)) {
            if (block.label().equals("CERTIFICATE")) {
                try {
                    found.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.bytes())));
                } catch (CertificateException e) {
                    throw unreadable();
                }
            }
        }
        if (found.isEmpty() || found.size() > MOST) {
            throw new InvalidCertificateException("The PEM text holds " + found.size()
                    + " certificates. Give the server's own first and then those that signed it, " + MOST
                    + " at most, with their BEGIN CERTIFICATE lines.");
        }
        return found;
    }

    private static InvalidCertificateException unreadable() {
        return new InvalidCertificateException(
                "A CERTIFICATE block of the PEM text is no certificate (X.509). Copy the file as it is.");
    }

    private static void requireInTime(List<X509Certificate> chain, Instant now) throws InvalidCertificateException {
        for (X509Certificate one : chain) {
            if (one.getNotAfter().toInstant().isBefore(now)) {
                throw new InvalidCertificateException("The certificate of " + subject(one) + " ended on "
                        + one.getNotAfter().toInstant() + ". Renew it, and give the new one.");
            }
            if (one.getNotBefore().toInstant().isAfter(now)) {
                throw new InvalidCertificateException("The certificate of " + subject(one) + " begins only on "
                        + one.getNotBefore().toInstant() + ". Give it then, or see whether the clock of this machine "
                        + "is right.");
            }
        }
    }

    private static void requireChain(List<X509Certificate> chain) throws InvalidCertificateException {
        for (int i = 0; i + 1 < chain.size(); i++) {
            X509Certificate one = chain.get(i);
            X509Certificate next = chain.get(i + 1);
            if (!isSignedBy(one, next) || next.getBasicConstraints() < 0) {
                throw new InvalidCertificateException("The chain is broken: " + subject(one)
                        + " is not signed by the certificate that follows it, that of " + subject(next)
                        + ". Give the server's own first, then the one that signed it, and so on.");
            }
        }
    }

    private static boolean isSignedBy(X509Certificate one, X509Certificate by) {
        try {
            one.verify(by.getPublicKey());
            return one.getIssuerX500Principal().equals(by.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static CertificateFacts facts(X509Certificate own) throws CertificateEncodingException {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = own.getSubjectAlternativeNames();
            for (List<?> one : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (Integer.valueOf(DNS_NAME).equals(one.get(0))) {
                    names.add(String.valueOf(one.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // A name that cannot be read is none that it is good for.
        }
        return new CertificateFacts(
                subject(own),
                names,
                own.getIssuerX500Principal().getName(),
                own.getNotBefore().toInstant(),
                own.getNotAfter().toInstant(),
                Fingerprint.of(own.getEncoded()));
    }

    /** All certificates as PEM, the server's own first. */
    public String chain() {
        return chain;
    }

    /** The key as PEM (PKCS#8), for the files of a node and for nobody's eyes. */
    public String key() {
        return key;
    }

    /** SHA-256 over all certificates in hex: another one is another version. */
    public String version() {
        return version;
    }

    /** What everybody may know of it. */
    public CertificateFacts facts() {
        try {
            return facts(read(chain).get(0));
        } catch (CertificateException | InvalidCertificateException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "certificate " + version;
    }
}
