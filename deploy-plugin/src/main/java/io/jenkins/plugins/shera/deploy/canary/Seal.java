package io.jenkins.plugins.shera.deploy.canary;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what a rollout keeps in the cluster (HMAC-SHA-256), so that who can edit a ConfigMap cannot make us release something. */
public final class Seal {

    private final byte[] key;

    /** The key never leaves Jenkins. */
    public Seal(byte[] key) {
        this.key = key.clone();
    }

    /** The signature of a text that stands at this place; it does not fit anywhere else. */
    String sign(String place, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(place.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean fits(String signature, String place, String text) {
        return MessageDigest.isEqual(
                sign(place, text).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }
}
