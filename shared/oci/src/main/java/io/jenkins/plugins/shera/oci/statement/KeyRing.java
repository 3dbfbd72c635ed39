package io.jenkins.plugins.shera.oci.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys whose statements count; of a revoked one nothing counts, whenever it was signed. */
public final class KeyRing {
    private final List<TrustedKey> trusted;
    private final List<TrustedKey> revoked = new ArrayList<>();

    /** Old keys stay in the list after a rotation, so that what they signed goes on to count. */
    public KeyRing(List<TrustedKey> keys, Set<String> revokedIds) {
        trusted = new ArrayList<>(keys);
        for (TrustedKey key : keys) {
            if (revokedIds.contains(key.id())) {
                trusted.remove(key);
                revoked.add(key);
            }
        }
    }

    /** The trusted key that signed this, if one did. */
    public Optional<TrustedKey> signer(SignedStatement statement) {
        return first(trusted, statement);
    }

    /** Whether a key that was revoked signed this. */
    public boolean isRevoked(SignedStatement statement) {
        return first(revoked, statement).isPresent();
    }

    /** The trusted key that made this signature of the content, if one did. */
    public Optional<TrustedKey> signer(byte[] signature, byte[] content) {
        return first(trusted, signature, content);
    }

    private static Optional<TrustedKey> first(List<TrustedKey> keys, SignedStatement statement) {
        return first(keys, statement.signature(), statement.payload());
    }

    private static Optional<TrustedKey> first(List<TrustedKey> keys, byte[] signature, byte[] content) {
        return keys.stream().filter(key -> key.made(signature, content)).findFirst();
    }
}
