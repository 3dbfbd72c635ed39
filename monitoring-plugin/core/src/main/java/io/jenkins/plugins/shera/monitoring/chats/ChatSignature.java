package io.jenkins.plugins.shera.monitoring.chats;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How robots of DingTalk and Lark know who tells them something, where "additional signature" is chosen for them: an HMAC-SHA256 over the
 * time and a secret, which DingTalk takes in the address and Lark in the message.
 */
public final class ChatSignature {

    private static final String HMAC = "HmacSHA256";

    private ChatSignature() {}

    /** Whether a robot of this kind, an id of a receiver's kind, can ask for one. */
    public static boolean isKnown(String kind) {
        return kind.equals("dingtalk") || kind.equals("lark");
    }

    /**
     * Signs a message, to which Lark's signature is added, and gives the address it is to be posted to.
     *
     * @param secret of the robot, as its settings show it; empty for one that asks for no signature
     * @param now a robot takes an hour of difference
     */
    public static URI sign(String kind, String secret, URI address, ObjectNode message, Instant now) {
        if (secret.isEmpty() || !isKnown(kind)) {
            return address;
        }
        if (kind.equals("lark")) {
            String time = String.valueOf(now.getEpochSecond());
            message.put("timestamp", time).put("sign", hmac(time + "\n" + secret, ""));
            return address;
        }
        String time = String.valueOf(now.toEpochMilli());
        String sign = URLEncoder.encode(hmac(secret, time + "\n" + secret), StandardCharsets.UTF_8);
        return URI.create(
                address + (address.getRawQuery() == null ? "?" : "&") + "timestamp=" + time + "&sign=" + sign);
    }

    private static String hmac(String key, String data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
