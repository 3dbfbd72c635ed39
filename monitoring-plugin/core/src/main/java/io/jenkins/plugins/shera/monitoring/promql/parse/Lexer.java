package io.jenkins.plugins.shera.monitoring.promql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into words as Prometheus' own lexer does; comments and white space are left out. */
final class Lexer {

    static final int LONGEST = 8192;
    private static final int MOST = 2000;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*+");
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]{1,15}(?:ms|[smhdwy])){1,8}+");
    private static final List<String> SIGNS = List.of(
            "==", "!=", "=~", "!~", ">=", "<=", "=", ">", "<", "+", "-", "*", "/", "%", "^", "@", ",", ":", "(", ")",
            "{", "}", "[", "]");

    private final String query;
    private final List<Token> tokens = new ArrayList<>();
    private boolean inBrackets;

    private Lexer(String query) {
        this.query = query;
    }

    /** The words, the last of which is the end. */
    static List<Token> read(String query) {
        if (query.length() > LONGEST) {
            throw new QueryException(LONGEST, "the query is too long", "Write at most " + LONGEST + " characters.");
        }
        return new Lexer(query).all();
    }

    private List<Token> all() {
        int at = 0;
        while (at < query.length()) {
            char each = query.charAt(at);
            if (each == ' ' || each == '\t' || each == '\n' || each == '\r') {
                at++;
            } else if (each == '#') {
                int line = query.indexOf('\n', at);
                at = line < 0 ? query.length() : line;
            } else if (each == '"' || each == '\'' || each == '`') {
                int[] end = new int[1];
                tokens.add(Strings.read(query, at, end));
                at = end[0];
            } else {
                at = word(at);
            }
            if (tokens.size() > MOST) {
                throw new QueryException(at, "the query has too many words", "Ask for less at a time.");
            }
        }
        tokens.add(new Token(Token.Kind.END, "", query.length()));
        return tokens;
    }

    private int word(int at) {
        char each = query.charAt(at);
        boolean digit = each >= '0' && each <= '9' || each == '.';
        if (digit) {
            int duration = end(DURATION, at);
            int number = numberEnd(at);
            boolean isDuration = duration > 0 && duration >= number;
            int end = isDuration ? duration : number;
            if (end <= at || end < query.length() && isPartOfName(query.charAt(end))) {
                throw new QueryException(
                        at, "that is neither a number nor a time", "Write it as 1.5, 1e3, 5m or 1h30m.");
            }
            return add(isDuration ? Token.Kind.DURATION : Token.Kind.NUMBER, at, end);
        }
        // In square brackets a colon parts range and step.
        int name = inBrackets && each == ':' ? -1 : end(NAME, at);
        if (name > at) {
            return add(Token.Kind.NAME, at, name);
        }
        for (String sign : SIGNS) {
            if (query.startsWith(sign, at)) {
                inBrackets = sign.equals("[") || inBrackets && !sign.equals("]");
                return add(Token.Kind.SIGN, at, at + sign.length());
            }
        }
        throw new QueryException(at, "this character belongs to no query", "Take it away; quotes are \", ' or `.");
    }

    private int add(Token.Kind kind, int from, int to) {
        tokens.add(new Token(kind, query.substring(from, to), from));
        return to;
    }

    private int end(Pattern pattern, int at) {
        Matcher matcher = pattern.matcher(query).region(at, query.length());
        return matcher.lookingAt() ? matcher.end() : -1;
    }

    /** Behind a number such as {@code 0x1F}, {@code 1.5} or {@code .5e-3} that begins here; -1 where none does. */
    private int numberEnd(int at) {
        if (query.startsWith("0x", at) || query.startsWith("0X", at)) {
            int end = behind(at + 2, 16);
            return end > at + 2 ? end : -1;
        }
        int whole = behind(at, 10);
        int end = signAt(whole, ".") ? behind(whole + 1, 10) : whole;
        if (end == at || end == at + 1 && whole == at) {
            return -1;
        }
        if (signAt(end, "eE")) {
            int digits = signAt(end + 1, "+-") ? end + 2 : end + 1;
            int exponent = behind(digits, 10);
            return exponent > digits ? exponent : end;
        }
        return end;
    }

    /** Behind the digits that begin here. */
    private int behind(int from, int radix) {
        int at = from;
        while (at < query.length() && query.charAt(at) < 0x80 && Character.digit(query.charAt(at), radix) >= 0) {
            at++;
        }
        return at;
    }

    private boolean signAt(int at, String signs) {
        return at < query.length() && signs.indexOf(query.charAt(at)) >= 0;
    }

    private static boolean isPartOfName(char each) {
        return each == '_' || each == '.' || each < 0x80 && Character.isLetterOrDigit(each);
    }
}
