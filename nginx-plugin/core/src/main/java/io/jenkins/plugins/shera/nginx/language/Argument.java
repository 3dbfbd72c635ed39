package io.jenkins.plugins.shera.nginx.language;

/**
 * One argument of a directive, by how it was made: a literal can hold a value from outside, an expression is written by
 * our own code and may name nginx variables.
 *
 * @param text what nginx shall read, before any quoting
 * @param expression whether {@code $name} in it is a variable
 */
public record Argument(String text, boolean expression) {
    private static final int LONGEST = 4096;

    /**
     * A value that nginx takes letter by letter.
     *
     * @throws IllegalArgumentException for a control character or {@code $}: the language has no way to write a dollar
     *     sign that is surely not the start of a variable
     */
    public static Argument literal(String text) {
        if (text.indexOf('$') >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' holds a dollar sign, which nginx would take for a variable; leave it out");
        }
        return new Argument(text, false);
    }

    /** Text of our own with nginx variables in it; never built from a value that came from outside. */
    public static Argument expression(String text) {
        return new Argument(text, true);
    }

    /** Refuses what no argument may hold, however it was made. */
    public Argument {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an argument of " + text.length() + " characters is longer than nginx reads (" + LONGEST + ")");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(
                        "an argument holds the control character U+%04X at position %d; leave it out"
                                .formatted((int) text.charAt(i), i + 1));
            }
        }
    }
}
