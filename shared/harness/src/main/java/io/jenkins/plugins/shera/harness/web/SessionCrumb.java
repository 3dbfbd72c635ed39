package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The crumb of today's Jenkins: bound to user, client address and session, in the header or field {@code Jenkins-Crumb}. */
public final class SessionCrumb {
    public static final String FIELD = "Jenkins-Crumb";
    private static final byte[] SALT = SecureRandom.getSeed(32);

    private SessionCrumb() {}

    /** Opens a session if the caller has none. */
    public static String of(HttpServletRequest request) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SALT, "HmacSHA256"));
            String bound = Authentications.nameIn(request) + ";" + request.getRemoteAddr() + ";"
                    + request.getSession().getId();
            return HexFormat.of().formatHex(mac.doFinal(bound.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot sign with HmacSHA256", e);
        }
    }

    /** Does the request carry the crumb of its own session? */
    public static boolean matches(HttpServletRequest request) {
        String sent = request.getHeader(FIELD);
        if (sent == null) {
            sent = request.getParameter(FIELD);
        }
        return sent != null
                && request.getSession(false) != null
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), of(request).getBytes(StandardCharsets.UTF_8));
    }
}
