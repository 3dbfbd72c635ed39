package io.jenkins.plugins.shera.nodes.ssh;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The public key by which a server of SSH is known. */
public final class HostKey {
    private static final Set<String> TYPES =
            Set.of("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521");
    private static final int LONGEST = 10_000;

    private final String type;
    private final byte[] key;

    private HostKey(String type, byte[] key) {
        this.type = type;
        this.key = key;
    }

    /** From a line of {@code ssh_host_*_key.pub} or {@code ssh-keyscan} without its host; empty when it is none. */
    public static Optional<HostKey> of(String text) {
        // What follows the key is a comment, on the same line.
        String[] words = text.strip().split("[ \\t]+", 3);
        boolean oneLine = text.strip().chars().noneMatch(each -> each == '\n' || each == '\r');
        if (text.length() > LONGEST || !oneLine || words.length < 2 || !TYPES.contains(words[0])) {
            return Optional.empty();
        }
        try {
            HostKey found = new HostKey(words[0], Base64.getDecoder().decode(words[1]));
            return found.isWhole() ? Optional.of(found) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As the server presents it. */
    static Optional<HostKey> presented(byte[] blob) {
        if (blob.length < 8) {
            return Optional.empty();
        }
        int length = blob[0] << 24 | (blob[1] & 0xff) << 16 | (blob[2] & 0xff) << 8 | blob[3] & 0xff;
        if (length < 1 || length > 64 || length > blob.length - 4) {
            return Optional.empty();
        }
        return Optional.of(new HostKey(new String(blob, 4, length, StandardCharsets.US_ASCII), blob.clone()));
    }

    /** The key names its own type first. */
    private boolean isWhole() {
        return presented(key).filter(inside -> inside.type.equals(type)).isPresent();
    }

    /** As {@code ssh-ed25519}. */
    public String type() {
        return type;
    }

    /** The names by which a server signs with such a key. */
    String algorithms() {
        return type.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : type;
    }

    /** As OpenSSH shows it: {@code SHA256:...}. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As it stands in settings. */
    public String text() {
        return type + " " + Base64.getEncoder().encodeToString(key);
    }

    boolean isSame(byte[] blob) {
        return MessageDigest.isEqual(key, blob);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostKey that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
