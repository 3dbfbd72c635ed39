package io.jenkins.plugins.shera.platform.traffic;

import java.util.regex.Pattern;

/** Requests that carry this header or cookie go to the canary whatever the weight. */
public record Match(Kind kind, String name, String value) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~:@+-]{1,128}");

    /** Where the request carries it. */
    public enum Kind {
        HEADER,
        COOKIE
    }

    /**
     * Takes only what needs no quoting in nginx, in a Gateway and in an annotation.
     *
     * @throws IllegalArgumentException saying what to give instead
     */
    public Match {
        if (name == null || !TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + shown(name)
                            + "' cannot be the name of a header or cookie to match. Give letters, digits, '-' and '_', at most 64.");
        }
        if (value == null || !PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + shown(value)
                    + "' cannot be the value of a header or cookie to match. Give letters, digits and any of . _ ~ : @ + -,"
                    + " at most 128.");
        }
    }

    private static String shown(String text) {
        String line = String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "..." : line;
    }

    @Override
    public String toString() {
        return (kind == Kind.HEADER ? "header " : "cookie ") + name + "=" + value;
    }
}
