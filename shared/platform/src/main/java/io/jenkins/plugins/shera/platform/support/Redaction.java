package io.jenkins.plugins.shera.platform.support;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of text: those that are known by their value, and whatever stands where secrets stand. */
public final class Redaction {
    private static final String GONE = "(removed)";
    /** A shorter one would tear ordinary words. */
    private static final int SHORTEST = 4;

    private static final Pattern KEY_BLOCK = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL);
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s\"'@]+@");
    private static final Pattern HEADER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern WEB_TOKEN = Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b((?:[\\w-]*[_-])?(?:password|passwd|secret|token|api[_-]?key))(\\\\?[\"']?\\s*[=:]\\s*\\\\?[\"']?)(?!\\(removed\\))[^\\s\"',;&}\\\\]+");

    private final List<String> values;

    /** Knows these values by heart; each is also looked for as JSON would write it. */
    public Redaction(Collection<String> secrets) {
        values = secrets.stream()
                .flatMap(secret -> secret.lines().count() > 1 ? secret.lines() : List.of(secret).stream())
                .map(String::strip)
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** The text without them. */
    public String of(String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, GONE);
            clean = clean.replace(value.replace("\\", "\\\\").replace("\"", "\\\""), GONE);
        }
        clean = KEY_BLOCK.matcher(clean).replaceAll(GONE);
        clean = USER_INFO.matcher(clean).replaceAll(GONE + "@");
        clean = HEADER.matcher(clean).replaceAll("$1 " + GONE);
        clean = WEB_TOKEN.matcher(clean).replaceAll(GONE);
        return NAMED.matcher(clean).replaceAll("$1$2" + GONE);
    }
}
