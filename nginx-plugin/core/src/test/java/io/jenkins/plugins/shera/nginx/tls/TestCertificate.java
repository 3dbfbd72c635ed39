package io.jenkins.plugins.shera.nginx.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate made for a test within it, without a program of the machine; both parts as PEM. */
public final class TestCertificate {
    private static final byte[] ECDSA = Der.sequence(Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
    private static final byte[] RSA = Der.sequence(Der.oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11), Der.of(0x05));

    private final KeyPair keys;
    private final String common;
    private final String chain;

    private TestCertificate(KeyPair keys, String common, String chain) {
        this.keys = keys;
        this.common = common;
        this.chain = chain;
    }

    /** For these host names, by an elliptic key, signed by itself; from yesterday on for 90 days. */
    public static TestCertificate of(String... names) throws GeneralSecurityException {
        return made("EC", -1, 90, names);
    }

    /** The same that begins and ends so many days from now. */
    public static TestCertificate made(String algorithm, int from, int to, String... names)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
        KeyPair keys = generator.generateKeyPair();
        String common = names.length == 0 ? "ca" : names[0];
        return signed(keys, common, keys, common, from, to, names);
    }

    /** One that may sign others. */
    public static TestCertificate authority() throws GeneralSecurityException {
        return made("EC", -1, 90);
    }

    /** For these host names, signed by this one, which stands behind it. */
    public TestCertificate signing(String... names) throws GeneralSecurityException {
        TestCertificate fresh = of(names);
        TestCertificate signed = signed(fresh.keys, fresh.common, keys, common, -1, 90, names);
        return new TestCertificate(signed.keys, signed.common, signed.chain + chain);
    }

    private static TestCertificate signed(
            KeyPair own, String common, KeyPair by, String issuer, int from, int to, String... names)
            throws GeneralSecurityException {
        boolean rsa = by.getPrivate().getAlgorithm().equals("RSA");
        byte[] algorithm = rsa ? RSA : ECDSA;
        Instant now = Instant.now();
        byte[] body = Der.sequence(
                Der.of(0xa0, Der.integer(2)),
                Der.integer(new SecureRandom().nextLong() >>> 1),
                algorithm,
                Der.name(issuer),
                Der.sequence(Der.time(now.plus(Duration.ofDays(from))), Der.time(now.plus(Duration.ofDays(to)))),
                Der.name(common),
                own.getPublic().getEncoded(),
                Der.of(0xa3, Der.sequence(names.length == 0 ? authorityMark() : alternatives(names))));
        Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(body);
        byte[] whole = Der.sequence(body, algorithm, Der.bits(signature.sign()));
        return new TestCertificate(own, common, pem("CERTIFICATE", whole));
    }

    private static byte[] alternatives(String... names) {
        List<byte[]> all = new ArrayList<>();
        for (String name : names) {
            all.add(Der.of(0x82, name.getBytes(StandardCharsets.US_ASCII)));
        }
        return Der.sequence(Der.oid(0x55, 0x1d, 0x11), Der.of(0x04, Der.sequence(all.toArray(byte[][]::new))));
    }

    private static byte[] authorityMark() {
        return Der.sequence(
                Der.oid(0x55, 0x1d, 0x13),
                Der.of(0x01, new byte[] {-1}),
                Der.of(0x04, Der.sequence(Der.of(0x01, new byte[] {-1}))));
    }

    static String pem(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    /** Its own first. */
    public String chain() {
        return chain;
    }

    /** In PKCS#8. */
    public String key() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** A line of the key, by which it is found where it must not be. */
    public String secret() {
        return key().lines().skip(1).findFirst().orElseThrow();
    }

    /** The first of the chain. */
    public X509Certificate own() throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)));
    }

    /** As the product reads it. */
    public CertificatePair pair() throws InvalidCertificateException {
        return CertificatePair.of(chain, key(), Instant.now());
    }
}
