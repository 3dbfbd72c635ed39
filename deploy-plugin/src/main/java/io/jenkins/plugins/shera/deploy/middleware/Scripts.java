package io.jenkins.plugins.shera.deploy.middleware;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The shell scripts a template runs in its container. What people choose reaches them as environment variables only. */
final class Scripts {

    private static final List<String> NAMES = List.of("start.sh", "ready.sh", "backup.sh", "restore.sh");

    private Scripts() {}

    /** By file name; a template whose port says enough has no {@code ready.sh}. */
    static Map<String, String> of(Template template) {
        Map<String, String> scripts = new TreeMap<>();
        for (String name : NAMES) {
            try (InputStream text = Scripts.class.getResourceAsStream(template.id() + "/" + name)) {
                if (text != null) {
                    scripts.put(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return scripts;
    }

    /** Changes when one of them does, so that pods start anew with it. */
    static String digest(Template template) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            of(template).values().forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
