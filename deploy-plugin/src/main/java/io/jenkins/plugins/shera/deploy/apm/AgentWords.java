package io.jenkins.plugins.shera.deploy.apm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${name}} and {@code ${name:24}} in; the latter is at most so long, and different for different long values. */
public final class AgentWords {

    /** Stands for the name of each pod, alone as the value of a variable. */
    public static final String POD = "${pod}";

    private static final Pattern WORD = Pattern.compile("\\$\\{([a-z]+)(?::([0-9]{1,3}))?}");
    private static final int HASH = 6;

    private AgentWords() {}

    /**
     * The text with every word replaced.
     *
     * @throws IllegalArgumentException naming a word that is not known here
     */
    public static String fill(String text, Map<String, String> words) {
        return fill(text, words, UnaryOperator.identity());
    }

    /** The same with each value passed through {@code quoting} first. */
    public static String fill(String text, Map<String, String> words, UnaryOperator<String> quoting) {
        return WORD.matcher(text).replaceAll(found -> {
            String value = words.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("'" + found.group() + "' is not known here. Known are "
                        + words.keySet().stream().sorted().toList() + ".");
            }
            String limit = found.group(2);
            return Matcher.quoteReplacement(
                    quoting.apply(limit == null ? value : shortened(value, Integer.parseInt(limit))));
        });
    }

    /** Replaces the words that are known and leaves the others for later. */
    public static String known(String text, Map<String, String> words) {
        return WORD.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        words.containsKey(found.group(1)) ? fill(found.group(), words) : found.group()));
    }

    private static String shortened(String value, int limit) {
        if (value.length() <= limit) {
            return value;
        }
        String hash = hash(value);
        return limit <= HASH + 1
                ? hash.substring(0, Math.min(limit, HASH))
                : value.substring(0, limit - HASH - 1) + "-" + hash;
    }

    private static String hash(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
