package io.jenkins.plugins.shera.oci.statement;

import java.io.Serializable;

/** A statement's bytes and the signature over them, which nobody has verified yet; travels to agents. */
public final class SignedStatement implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] payload;
    private final byte[] signature;

    SignedStatement(byte[] payload, byte[] signature) {
        this.payload = payload.clone();
        this.signature = signature.clone();
    }

    /** Signs a statement. */
    public static SignedStatement of(Statement statement, SigningKey key) {
        byte[] payload = statement.write();
        return new SignedStatement(payload, key.sign(payload));
    }

    /** What was signed. */
    public byte[] payload() {
        return payload.clone();
    }

    /** An ASN.1 signature. */
    public byte[] signature() {
        return signature.clone();
    }
}
