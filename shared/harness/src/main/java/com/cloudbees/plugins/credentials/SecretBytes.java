package com.cloudbees.plugins.credentials;

import hudson.util.Secret;
import java.io.Serializable;
import java.util.Base64;

/** Bytes that are encrypted wherever they are saved. */
public class SecretBytes implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Secret value;

    private SecretBytes(Secret value) {
        this.value = value;
    }

    public static SecretBytes fromBytes(byte[] data) {
        return new SecretBytes(Secret.fromString(Base64.getEncoder().encodeToString(data)));
    }

    /** The bytes that an encrypted text or base64 stands for. */
    public static SecretBytes fromString(String s) {
        return new SecretBytes(Secret.fromString(s));
    }

    public byte[] getPlainData() {
        return Base64.getDecoder().decode(value.getPlainText());
    }

    @Override
    public String toString() {
        return value.getEncryptedValue();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SecretBytes && value.equals(((SecretBytes) o).value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
