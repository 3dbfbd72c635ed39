package io.jenkins.plugins.shera.nginx.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads a private key in any form that servers take, as far as it belongs to a public key that is known already. */
final class KeyReader {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private KeyReader() {}

    static PrivateKey read(String text, PublicKey shown) throws InvalidCertificateException {
        List<Pem.Block> keys = Pem.blocks(text).stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw new InvalidCertificateException("The PEM text holds " + keys.size() + " private keys. Give one, "
                    + "that of the first certificate, with its BEGIN and END lines.");
        }
        Pem.Block key = keys.get(0);
        if (key.label().startsWith("ENCRYPTED") || key.body().contains("ENCRYPTED")) {
            throw new InvalidCertificateException("The private key is encrypted, and nginx could not start with it. "
                    + "Give it without a passphrase: openssl pkey -in key.pem -out plain.pem.");
        }
        PrivateKey read = parsed(key, shown);
        if (!belong(read, shown)) {
            throw notItsOwn();
        }
        return read;
    }

    private static PrivateKey parsed(Pem.Block key, PublicKey shown) throws InvalidCertificateException {
        byte[] bytes = key.bytes();
        try {
            byte[] whole = key.label().equals("PRIVATE KEY") ? bytes : wrapped(bytes, shown.getEncoded());
            return KeyFactory.getInstance(shown.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(whole));
        } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
            throw notItsOwn();
        }
    }

    private static InvalidCertificateException notItsOwn() {
        return new InvalidCertificateException("The private key does not belong to the first certificate. Give the "
                + "key that its request was made with, and the server's own certificate first.");
    }

    /** PKCS#1 and SEC 1 keys become PKCS#8 by the algorithm that stands before the public key. */
    private static byte[] wrapped(byte[] key, byte[] publicKey) {
        int inner = headerLength(publicKey, 0);
        int end = inner + headerLength(publicKey, inner) + length(publicKey, inner);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.write(publicKey, inner, end - inner);
        content.writeBytes(tagged(OCTETS, key));
        return tagged(SEQUENCE, content.toByteArray());
    }

    private static int headerLength(byte[] der, int at) {
        return der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        if (der[at + 1] >= 0) {
            return der[at + 1];
        }
        int length = 0;
        for (int i = 0; i < (der[at + 1] & 0x7f); i++) {
            length = length << 8 | der[at + 2 + i] & 0xff;
        }
        return length;
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** What the one signs, the other verifies. */
    private static boolean belong(PrivateKey own, PublicKey shown) {
        String algorithm = "RSA".equals(shown.getAlgorithm())
                ? "SHA256withRSA"
                : "EC".equals(shown.getAlgorithm()) ? "SHA256withECDSA" : shown.getAlgorithm();
        byte[] something = new byte[32];
        RANDOM.nextBytes(something);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(own);
            signing.update(something);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(shown);
            verifying.update(something);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
