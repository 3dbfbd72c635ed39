package io.jenkins.plugins.shera.monitoring.promql;

import java.util.Collection;
import java.util.stream.Collectors;

/** A condition on one label of a series. */
public record Matcher(String label, Kind kind, String value) {

    /** How the value is compared. */
    public enum Kind {
        EQUAL("="),
        NOT_EQUAL("!="),
        REGEX("=~"),
        NOT_REGEX("!~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        /** As PromQL writes it. */
        public String sign() {
            return sign;
        }
    }

    /** Refuses what is no label. */
    public Matcher {
        Quoting.label(label);
    }

    /** The label has this value. */
    public static Matcher equal(String label, String value) {
        return new Matcher(label, Kind.EQUAL, value);
    }

    /** The whole value fits this regular expression (RE2). */
    public static Matcher regex(String label, String pattern) {
        return new Matcher(label, Kind.REGEX, pattern);
    }

    /** The label has one of these values; with none, no series fits. */
    public static Matcher anyOf(String label, Collection<String> values) {
        if (values.size() == 1) {
            return equal(label, values.iterator().next());
        }
        // "a^" fits nothing: without it an empty list would fit series without the label.
        String pattern = values.isEmpty()
                ? "a^"
                : values.stream().sorted().map(Quoting::regex).collect(Collectors.joining("|"));
        return regex(label, pattern);
    }

    /** A literal as part of a pattern. */
    public static String literal(String text) {
        return Quoting.regex(text);
    }

    /** A text as PromQL writes it. */
    public static String quoted(String text) {
        return Quoting.string(text);
    }

    String text() {
        return label + kind.sign() + Quoting.string(value);
    }
}
