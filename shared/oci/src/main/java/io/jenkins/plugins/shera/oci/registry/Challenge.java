package io.jenkins.plugins.shera.oci.registry;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a registry says in {@code WWW-Authenticate} (RFC 7235): the scheme and its parameters. */
final class Challenge {
    private static final int LONGEST = 8 * 1024;
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=(?:\"([^\"]*)\"|([^\",\\s]+))");

    final String scheme;
    private final Map<String, String> parameters = new TreeMap<>();

    private Challenge(String scheme) {
        this.scheme = scheme;
    }

    static Challenge parse(String header) {
        String text = header.length() > LONGEST ? header.substring(0, LONGEST) : header.trim();
        String[] parts = text.split("\\s+", 2);
        Challenge challenge = new Challenge(parts[0].toLowerCase(Locale.ROOT));
        if (parts.length == 2) {
            Matcher matcher = PARAMETER.matcher(parts[1]);
            while (matcher.find()) {
                String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                challenge.parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
            }
        }
        return challenge;
    }

    /** A parameter's value, or empty. */
    String get(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }
}
