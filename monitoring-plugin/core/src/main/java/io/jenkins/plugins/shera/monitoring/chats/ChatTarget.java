package io.jenkins.plugins.shera.monitoring.chats;

import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A robot of a chat.
 *
 * @param receiver its name in the tenant
 * @param kind the id of a {@link Receiver.Kind} that is a chat
 * @param address where messages are posted, which is a secret
 * @param signing the secret its messages are signed with; empty for none
 * @param token {@link #digest} of what Alertmanager shows to have it told
 */
public record ChatTarget(String receiver, String kind, String address, String signing, String token) {

    private static final int LONGEST = 2000;

    /** Refuses what could never be told. */
    public ChatTarget {
        if (!receiver.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new InvalidThresholdException("receiver", "it is no name", "Give the name of a receiver.");
        }
        if (!kind.matches("wecom|dingtalk|lark")) {
            throw new InvalidThresholdException("kind", "it is no chat", "Take wecom, dingtalk or lark.");
        }
        if (address.length() > LONGEST || !address.matches("https?://\\S+")) {
            // The text is a secret, so that no message repeats it.
            throw new InvalidThresholdException("address", "it is no address", "Give one that begins with https://.");
        }
        if (signing.length() > LONGEST || !signing.isEmpty() && !ChatSignature.isKnown(kind)) {
            throw new InvalidThresholdException(
                    "signing", "such a robot takes no signature", "Leave it out, or give that of a dingtalk or lark.");
        }
        if (!token.matches("[0-9a-f]{64}")) {
            throw new InvalidThresholdException("token", "it is no SHA-256", "Give one in hexadecimal digits.");
        }
    }

    /** What is kept of a token: nobody learns it from there. */
    public static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether an Authorization header shows its token. */
    public boolean isShown(String authorization) {
        String given = authorization != null && authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
        return MessageDigest.isEqual(
                digest(given).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ChatTarget[" + receiver + ", " + kind + "]";
    }
}
