package io.jenkins.plugins.shera.monitoring.agent.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Who asks, as the request says it.
 *
 * @param token of the API server; a secret, so {@link #toString} shows none
 * @param user whose rights the token's owner wants to use; empty for its own
 * @param groups of that user
 */
public record Caller(String token, String user, List<String> groups) {

    /** Tells callers apart without holding the token. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(token.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(user.getBytes(StandardCharsets.UTF_8));
            for (String group : groups) {
                digest.update((byte) 0);
                digest.update(group.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return user.isEmpty() ? "a caller" : "a caller as " + user;
    }
}
