package io.jenkins.plugins.shera.build.context;

/**
 * Patterns for paths: {@code *} and {@code ?} within a part, {@code [a-z]}, {@code **} for any number of parts.
 *
 * <p>The work grows with pattern times path, whatever the pattern.
 */
public final class PathPattern {
    private final String[] parts;

    /** Parts are joined by slashes, with none at the beginning. */
    public PathPattern(String pattern) {
        this.parts = pattern.split("/");
    }

    /** Whether the whole path fits. */
    public boolean matches(String path) {
        String[] names = path.split("/");
        boolean[] reached = new boolean[names.length + 1];
        reached[0] = true;
        for (String part : parts) {
            boolean[] next = new boolean[names.length + 1];
            boolean any = false;
            for (int i = 0; i <= names.length; i++) {
                if (part.equals("**")) {
                    any |= reached[i];
                    next[i] = any;
                } else if (i > 0) {
                    next[i] = reached[i - 1] && partMatches(part, names[i - 1]);
                }
            }
            reached = next;
        }
        return reached[names.length];
    }

    /** Whether the text is a pattern at all. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    static boolean partMatches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            int length = p < pattern.length() && pattern.charAt(p) != '*' ? one(pattern, p, name.charAt(n)) : 0;
            if (length > 0) {
                p += length;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** How many characters of the pattern the one character uses up; 0 when it does not fit. */
    private static int one(String pattern, int at, char c) {
        char first = pattern.charAt(at);
        if (first == '?') {
            return 1;
        }
        if (first == '\\' && at + 1 < pattern.length()) {
            return pattern.charAt(at + 1) == c ? 2 : 0;
        }
        int end = first == '[' ? pattern.indexOf(']', at + 2) : -1;
        if (end < 0) {
            return first == c ? 1 : 0;
        }
        boolean not = pattern.charAt(at + 1) == '^';
        boolean in = false;
        for (int i = at + (not ? 2 : 1); i < end; i++) {
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                in |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
                i += 2;
            } else {
                in |= pattern.charAt(i) == c;
            }
        }
        return in != not ? end - at + 1 : 0;
    }
}
