package io.jenkins.plugins.shera.deploy.middleware;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** What the Secret of an instance holds. Made here, kept in the cluster only; tells nothing of itself. */
final class Login {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int LENGTH = 32;
    private static final String PASSWORD = "password";
    private static final String ROOT = "root-password";

    private final String password;
    private final String root;

    private Login(String password, String root) {
        this.password = password;
        this.root = root;
    }

    /** A new one; letters and digits only, so that no place it stands in needs quoting. */
    static Login fresh() {
        return new Login(word(), word());
    }

    /** What this live Secret holds; what it lacks is made anew. */
    static Login of(JsonNode secret) {
        Login fresh = fresh();
        String password = value(secret, PASSWORD);
        String root = value(secret, ROOT);
        return new Login(password.isEmpty() ? fresh.password : password, root.isEmpty() ? fresh.root : root);
    }

    /** The content of the Secret, encoded. */
    Map<String, String> data(Template template, String host, String inner) {
        Map<String, String> data = new TreeMap<>();
        data.put("host", host);
        data.put("port", String.valueOf(template.port()));
        data.put("user", template.user());
        data.put(PASSWORD, password);
        data.put("name", inner);
        data.put("url", template.url(template.user(), password, host, inner));
        if (template.hasRoot()) {
            data.put(ROOT, root);
        }
        data.replaceAll((key, text) -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        return data;
    }

    /** A value of a live Secret, decoded; empty when it is not there or cannot be one of ours. */
    static String value(JsonNode secret, String key) {
        try {
            String text = new String(
                    Base64.getDecoder().decode(secret.path("data").path(key).asText("")), StandardCharsets.UTF_8);
            return text.matches("[A-Za-z0-9_.:/@-]{1,500}") ? text : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            word.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return word.toString();
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return "login";
    }
}
