package io.jenkins.plugins.shera.nginx.rules;

import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From lines of text to the parts of rules, and back; what they may say is judged by the parts themselves. */
public final class RuleTexts {
    private static final int USUAL_STATUS = 301;
    private static final long KILO = 1024;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmg]?)");
    private static final Pattern REDIRECT = Pattern.compile("(\\S+)\\s+(\\S+)(?:\\s+([0-9]{3}))?");

    private RuleTexts() {}

    /** One a line, as {@code X-Team: shop}; nothing after the colon takes the header away. */
    public static List<HeaderRule> headers(String text) throws InvalidRouteException {
        List<HeaderRule> headers = new ArrayList<>();
        for (String line : lines(text)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new InvalidRouteException(
                        "'" + line + "' is not a header: write it as X-Team: shop, or as X-Team: to take it away.");
            }
            String value = line.substring(colon + 1).strip();
            headers.add(new HeaderRule(line.substring(0, colon).strip(), value.isEmpty() ? null : value));
        }
        return headers;
    }

    /** The lines that {@link #headers} reads. */
    public static String ofHeaders(List<HeaderRule> headers) {
        return headers.stream()
                .map(header -> header.name() + ":" + (header.value() == null ? "" : " " + header.value()))
                .collect(Collectors.joining("\n"));
    }

    /** One a line, as {@code /old /new 302}; 301 without a status. */
    public static List<RouteRedirect> redirects(String text) throws InvalidRouteException {
        List<RouteRedirect> redirects = new ArrayList<>();
        for (String line : lines(text)) {
            Matcher parts = REDIRECT.matcher(line);
            if (!parts.matches()) {
                throw new InvalidRouteException("'" + line
                        + "' is not a redirect: write it as /old /new, or as /old https://www.example.com/ 302.");
            }
            int status = parts.group(3) == null ? USUAL_STATUS : Integer.parseInt(parts.group(3));
            redirects.add(new RouteRedirect(parts.group(1), parts.group(2), status));
        }
        return redirects;
    }

    /** The lines that {@link #redirects} reads. */
    public static String ofRedirects(List<RouteRedirect> redirects) {
        return redirects.stream()
                .map(one -> one.from() + " " + one.to() + " " + one.status())
                .collect(Collectors.joining("\n"));
    }

    /** Bytes, or with one of k, m and g as nginx counts them; nothing is 0. */
    public static long size(String what, String text) throws InvalidRouteException {
        if (text.isBlank()) {
            return 0;
        }
        Matcher parts = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new InvalidRouteException(what + " is '" + text + "', which is no size: give such as 500k or 20m.");
        }
        long unit =
                switch (parts.group(2)) {
                    case "k" -> KILO;
                    case "m" -> KILO * KILO;
                    case "g" -> KILO * KILO * KILO;
                    default -> 1;
                };
        return Long.parseLong(parts.group(1)) * unit;
    }

    /** The shortest text that {@link #size} reads. */
    public static String ofSize(long bytes) {
        if (bytes == 0) {
            return "";
        }
        long left = bytes;
        int unit = 0;
        while (unit < 3 && left % KILO == 0) {
            left /= KILO;
            unit++;
        }
        return left + List.of("", "k", "m", "g").get(unit);
    }

    /** Words apart by blanks, commas or lines. */
    public static List<String> words(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("[\\s,]+"));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
