package io.jenkins.plugins.shera.oci.statement;

import io.jenkins.plugins.shera.oci.image.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;

/** The public half of a signing key: ECDSA on P-256, as cosign takes it by {@code --key}. */
public final class TrustedKey {
    private static final String LABEL = "PUBLIC KEY";
    private static final int ID_DIGITS = 16;

    private final PublicKey key;

    TrustedKey(PublicKey key) {
        this.key = key;
    }

    /** Reads a {@code PUBLIC KEY} in PEM; an {@link IllegalArgumentException} says what is wrong with it. */
    public static TrustedKey ofPem(String pem) {
        try {
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(Pem.read(LABEL, pem)));
            if (key instanceof ECPublicKey curve && curve.getParams().getOrder().bitLength() == 256) {
                return new TrustedKey(key);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The public key cannot be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("The public key is none of ECDSA on the curve P-256.");
    }

    /** The first 16 hex digits of the SHA-256 over the key's DER form. */
    public String id() {
        return Digest.of(key.getEncoded()).hex().substring(0, ID_DIGITS);
    }

    /** The key as a file for {@code cosign verify --key}. */
    public String pem() {
        return Pem.write(LABEL, key.getEncoded());
    }

    /** Whether the private half made this signature (ASN.1, over SHA-256) of the content. */
    public boolean made(byte[] signature, byte[] content) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
