package io.jenkins.plugins.shera.monitoring.promql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads PromQL by recursive descent: from the weakest operator down to what stands alone. */
final class Parser {

    private static final int DEEPEST = 60;
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("or"),
            Set.of("and", "unless"),
            Set.of("==", "!=", ">", "<", ">=", "<="),
            Set.of("+", "-"),
            Set.of("*", "/", "%", "atan2"));
    private static final int COMPARISON = 2;

    private final Words words;
    private int depth;

    private Parser(Words words) {
        this.words = words;
    }

    static Query read(String text) {
        Parser parser = new Parser(new Words(Lexer.read(text)));
        Query query = parser.binary(0);
        if (parser.words.peek().kind() != Token.Kind.END) {
            throw parser.words.unexpected("A query is one expression: join two by an operator.");
        }
        return query;
    }

    private Query binary(int level) {
        if (level == LEVELS.size()) {
            return signed();
        }
        enter();
        Query left = binary(level + 1);
        while (isOperator(words.peek(), LEVELS.get(level))) {
            String operator = words.take().text().toLowerCase(Locale.ROOT) + matching(level == COMPARISON);
            left = new Query.Binary(left, operator, binary(level + 1));
        }
        depth--;
        return left;
    }

    private static boolean isOperator(Token token, Set<String> operators) {
        boolean word = token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.SIGN;
        return word && operators.contains(token.text().toLowerCase(Locale.ROOT));
    }

    /** {@code bool on (a) group_left (b)}. */
    private String matching(boolean comparison) {
        StringBuilder text = new StringBuilder();
        if (comparison && words.peek().isWord("bool")) {
            words.take();
            text.append(" bool");
        }
        if (words.peek().isWord("on") || words.peek().isWord("ignoring")) {
            text.append(' ')
                    .append(words.take().text().toLowerCase(Locale.ROOT))
                    .append(labels());
            if (words.peek().isWord("group_left") || words.peek().isWord("group_right")) {
                text.append(' ').append(words.take().text().toLowerCase(Locale.ROOT));
                text.append(words.peek().is("(") ? labels() : " ()");
            }
        }
        return text.toString();
    }

    /** {@code (a, b)}, also with a comma at the end. */
    String labels() {
        words.need("(");
        List<String> labels = new ArrayList<>();
        while (!words.takes(")")) {
            labels.add(words.label());
            if (!words.peek().is(")")) {
                words.need(",");
            }
        }
        return " (" + String.join(", ", labels) + ")";
    }

    /** A sign binds weaker than a power and stronger than a product. */
    private Query signed() {
        enter();
        Query query;
        if (words.peek().is("-") || words.peek().is("+")) {
            query = new Query.Signed(words.take().text(), signed());
        } else {
            query = power();
        }
        depth--;
        return query;
    }

    /** The right side of a power may have a sign and is read first. */
    private Query power() {
        Query base = suffixed(new Primary(words, this).read());
        if (!words.peek().is("^")) {
            return base;
        }
        words.take();
        String operator = "^" + matching(false);
        return new Query.Binary(base, operator, signed());
    }

    /** What stands between round brackets. */
    Query whole() {
        return binary(0);
    }

    private Query suffixed(Query of) {
        Query query = of;
        while (true) {
            if (words.takes("[")) {
                query = new Query.Suffixed(query, range());
            } else if (words.peek().isWord("offset")) {
                words.take();
                String sign = words.takes("-") ? "-" : "";
                query = new Query.Suffixed(query, " offset " + sign + duration());
            } else if (words.takes("@")) {
                query = new Query.Suffixed(query, " @ " + moment());
            } else {
                return query;
            }
        }
    }

    private String range() {
        String text = "[" + duration();
        if (words.takes(":")) {
            text += ":" + (words.peek().is("]") ? "" : duration());
        }
        words.need("]");
        return text + "]";
    }

    private String duration() {
        return words.need(Token.Kind.DURATION, "a time such as 5m").text();
    }

    private String moment() {
        String sign = words.takes("-") ? "-" : words.takes("+") ? "+" : "";
        if (sign.isEmpty() && (words.peek().isWord("start") || words.peek().isWord("end"))) {
            String name = words.take().text().toLowerCase(Locale.ROOT);
            words.need("(");
            words.need(")");
            return name + "()";
        }
        return sign
                + words.need(Token.Kind.NUMBER, "seconds since 1970, start() or end()")
                        .text();
    }

    /** Counts how deep the tree is, so that no query exhausts the stack. */
    private void enter() {
        depth++;
        if (depth > DEEPEST * (LEVELS.size() + 1)) {
            throw new QueryException(words.peek().at(), "the query is nested too deep", "Take brackets away.");
        }
    }
}
