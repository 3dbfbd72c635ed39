package io.jenkins.plugins.shera.platform.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Comparisons whose time tells nothing of how far a guess was right. */
public final class Proof {

    private Proof() {}

    /** Whether {@code given} is the HMAC-SHA256 of the body in hex, with or without the prefix {@code sha256=}. */
    public static boolean hmacSha256(byte[] key, byte[] body, String given) {
        if (key.length == 0 || given == null) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String expected = HexFormat.of().formatHex(mac.doFinal(body));
            return token(expected, given.startsWith("sha256=") ? given.substring(7) : given);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    /** Whether two tokens are the same; an empty expected one never is. */
    public static boolean token(String expected, String given) {
        return given != null
                && !expected.isEmpty()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
