package io.jenkins.plugins.shera.monitoring.promql;

/** The only place where text becomes part of a query. */
final class Quoting {

    private static final String METRIC = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*";
    private static final String SPECIAL = ".+*?()|[]{}^$\\";

    private Quoting() {}

    /** A string literal in double quotes, by the rules of Go; control characters and broken pairs are escaped. */
    static String string(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').append((char) point);
            } else if (point == '\n') {
                quoted.append("\\n");
            } else if (point < ' ' || point == 0x7F) {
                quoted.append("\\x").append(String.format("%02x", point));
            } else if (point >= 0xD800 && point <= 0xDFFF) {
                quoted.append('\uFFFD');
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }

    /** A text that as a regular expression (RE2) means just itself. */
    static String regex(String literal) {
        StringBuilder quoted = new StringBuilder();
        for (char each : literal.toCharArray()) {
            if (SPECIAL.indexOf(each) >= 0) {
                quoted.append('\\');
            }
            quoted.append(each);
        }
        return quoted.toString();
    }

    static String metric(String name) {
        if (!name.matches(METRIC)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be the name of a metric: letters, digits, '_' and ':'");
        }
        return name;
    }

    static String label(String name) {
        if (!name.matches(LABEL)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a label: letters, digits and '_'");
        }
        return name;
    }
}
