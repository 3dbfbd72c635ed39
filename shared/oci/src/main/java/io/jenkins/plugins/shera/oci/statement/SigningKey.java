package io.jenkins.plugins.shera.oci.statement;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** A key pair that signs statements; the private half leaves this object only by {@link #pem()}. */
public final class SigningKey {
    private static final String LABEL = "PRIVATE KEY";

    private final PrivateKey key;
    private final TrustedKey trusted;

    private SigningKey(PrivateKey key, TrustedKey trusted) {
        this.key = key;
        this.trusted = trusted;
    }

    /** A new one, ECDSA on P-256. */
    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), new TrustedKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ECDSA on P-256", e);
        }
    }

    /** Reads a {@code PRIVATE KEY} (PKCS #8) and a {@code PUBLIC KEY}, both in PEM, that belong together. */
    public static SigningKey ofPem(String privatePem, String publicPem) {
        try {
            PrivateKey key =
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Pem.read(LABEL, privatePem)));
            SigningKey pair = new SigningKey(key, TrustedKey.ofPem(publicPem));
            byte[] probe = {1};
            if (!pair.trusted.made(pair.sign(probe), probe)) {
                throw new IllegalArgumentException("The private and the public key do not belong together.");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The private key cannot be read.", e);
        }
    }

    /** The private half; a secret. */
    public String pem() {
        return Pem.write(LABEL, key.getEncoded());
    }

    /** The public half. */
    public TrustedKey trusted() {
        return trusted;
    }

    /** An ASN.1 signature over the SHA-256 of the content. */
    public byte[] sign(byte[] content) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(content);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read can sign", e);
        }
    }
}
