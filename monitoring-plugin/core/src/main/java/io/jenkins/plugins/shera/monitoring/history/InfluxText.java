package io.jenkins.plugins.shera.monitoring.history;

/** The only place where text becomes part of a query of InfluxDB. */
final class InfluxText {

    private InfluxText() {}

    /** The name of a database, measurement, field or tag. */
    static String name(String name) {
        return quoted('"', name);
    }

    /** The value of a tag. */
    static String string(String value) {
        return quoted('\'', value);
    }

    /**
     * A regular expression (RE2) that the whole value fits. In a literal of InfluxDB a backslash before the slash that ends it is an escape
     * even when it is itself escaped, so neither is written: both become numbers.
     */
    static String regex(String pattern) {
        StringBuilder literal = new StringBuilder("/^(?:");
        int[] points = checked(pattern).codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == '\\') {
                i++;
                if (i == points.length) {
                    throw new IllegalArgumentException("the pattern '" + pattern + "' ends in the middle of an escape");
                }
                point = points[i];
                if (isWord(point)) {
                    literal.append('\\').appendCodePoint(point);
                } else {
                    number(literal, point);
                }
            } else if (point == '/' || point > '~') {
                number(literal, point);
            } else {
                literal.appendCodePoint(point);
            }
        }
        return literal.append(")$/").toString();
    }

    private static void number(StringBuilder to, int point) {
        to.append("\\x{").append(Integer.toHexString(point)).append('}');
    }

    private static boolean isWord(int point) {
        return point < 0x80 && Character.isLetterOrDigit(point);
    }

    private static String quoted(char quote, String text) {
        StringBuilder quoted = new StringBuilder().append(quote);
        for (char each : checked(text).toCharArray()) {
            if (each == '"' || each == '\'' || each == '\\') {
                quoted.append('\\');
            }
            quoted.append(each);
        }
        return quoted.append(quote).toString();
    }

    /** Nothing that is compared may be empty: for InfluxDB an empty value is that of everything without the tag. */
    private static String checked(String text) {
        boolean odd = text.codePoints()
                .anyMatch(point -> Character.isISOControl(point) || point >= 0xD800 && point <= 0xDFFF);
        if (text.isEmpty() || odd) {
            throw new IllegalArgumentException(
                    "InfluxDB cannot be asked for an empty text or one with control characters");
        }
        return text;
    }
}
