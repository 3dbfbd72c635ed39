package io.jenkins.plugins.shera.monitoring.promql.parse;

/** Reads string literals by the rules of Go. */
final class Strings {

    private static final String SIMPLE = "abfnrtv\\";
    private static final String MEANING = "\u0007\b\f\n\r\t\u000B\\";

    private Strings() {}

    /** The word that begins with a quote at {@code from}; {@code end[0]} becomes the position behind it. */
    static Token read(String query, int from, int[] end) {
        char quote = query.charAt(from);
        StringBuilder text = new StringBuilder();
        int at = from + 1;
        while (true) {
            if (at >= query.length() || quote != '`' && query.charAt(at) == '\n') {
                throw new QueryException(from, "this string does not end", "Close it with " + quote + ".");
            }
            char each = query.charAt(at);
            if (each == quote) {
                end[0] = at + 1;
                return new Token(Token.Kind.STRING, text.toString(), from);
            }
            if (each == '\\' && quote != '`') {
                at = escape(query, at, quote, text);
            } else {
                text.append(each);
                at++;
            }
        }
    }

    private static int escape(String query, int at, char quote, StringBuilder text) {
        char kind = at + 1 < query.length() ? query.charAt(at + 1) : ' ';
        int simple = SIMPLE.indexOf(kind);
        if (simple >= 0 || kind == quote) {
            text.append(kind == quote ? quote : MEANING.charAt(simple));
            return at + 2;
        }
        return switch (kind) {
            case 'x' -> code(query, at, at + 2, 2, 16, text);
            case 'u' -> code(query, at, at + 2, 4, 16, text);
            case 'U' -> code(query, at, at + 2, 8, 16, text);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> code(query, at, at + 1, 3, 8, text);
            default -> throw unknown(at);
        };
    }

    private static int code(String query, int at, int from, int digits, int radix, StringBuilder text) {
        long code = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < query.length() && query.charAt(i) < 0x80 ? Character.digit(query.charAt(i), radix) : -1;
            if (digit < 0) {
                throw unknown(at);
            }
            code = code * radix + digit;
        }
        boolean isByte = digits < 4;
        // Bytes above 7F are parts of characters in Go: nobody needs them, and two readers could differ on them.
        if (isByte && code > 0x7F || code > Character.MAX_CODE_POINT || code >= 0xD800 && code <= 0xDFFF) {
            throw unknown(at);
        }
        text.appendCodePoint((int) code);
        return from + digits;
    }

    private static QueryException unknown(int at) {
        return new QueryException(
                at, "this escape is not known", "Write the character itself, or a backslash twice for one.");
    }
}
