package io.jenkins.plugins.shera.monitoring.promql.parse;

import java.util.List;
import java.util.regex.Pattern;

/** The words of a query, read one after the other. */
final class Words {

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final List<Token> tokens;
    private int next;

    Words(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(next);
    }

    Token after() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    boolean takes(String sign) {
        boolean is = peek().is(sign);
        if (is) {
            take();
        }
        return is;
    }

    void need(String sign) {
        if (!takes(sign)) {
            throw unexpected("Write '" + sign + "' here.");
        }
    }

    Token need(Token.Kind kind, String what) {
        if (peek().kind() != kind) {
            throw unexpected("Write " + what + " here.");
        }
        return take();
    }

    String label() {
        Token token = need(Token.Kind.NAME, "the name of a label");
        if (!LABEL.matcher(token.text()).matches()) {
            throw new QueryException(token.at(), "that is no label", "Take letters, digits and '_'.");
        }
        return token.text();
    }

    QueryException unexpected(String what) {
        Token token = peek();
        String found = token.kind() == Token.Kind.END ? "the query ends here" : "this does not belong here";
        return new QueryException(token.at(), found, what);
    }
}
