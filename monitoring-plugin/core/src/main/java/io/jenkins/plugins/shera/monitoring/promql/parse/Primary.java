package io.jenkins.plugins.shera.monitoring.promql.parse;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what stands alone: a number, a string, brackets, a call, or a choice of series. */
final class Primary {

    private final Words words;
    private final Parser parser;

    Primary(Words words, Parser parser) {
        this.words = words;
        this.parser = parser;
    }

    Query read() {
        Token token = words.peek();
        return switch (token.kind()) {
            case NUMBER -> new Query.Literal(words.take().text());
            case STRING -> new Query.Literal(Matcher.quoted(words.take().text()));
            case NAME -> named(token);
            case SIGN -> {
                if (words.takes("(")) {
                    Query inside = parser.whole();
                    words.need(")");
                    yield inside;
                }
                if (token.is("{")) {
                    yield selector("");
                }
                throw words.unexpected("Write a metric, a function or a number here.");
            }
            default -> throw words.unexpected("Write a metric, a function or a number here.");
        };
    }

    private Query named(Token token) {
        String low = token.text().toLowerCase(Locale.ROOT);
        if (low.equals("inf") || low.equals("nan")) {
            words.take();
            return new Query.Literal(low.equals("inf") ? "Inf" : "NaN");
        }
        if (Functions.AGGREGATIONS.contains(low)) {
            words.take();
            return aggregation(low);
        }
        if (Functions.KEYWORDS.contains(low)) {
            throw words.unexpected("A metric of this name is chosen by {__name__=\"" + token.text() + "\"}.");
        }
        words.take();
        if (!words.peek().is("(")) {
            return selector(token.text());
        }
        if (!Functions.isKnown(token.text())) {
            throw new QueryException(
                    token.at(), "there is no such function here", "Take one that Prometheus documents.");
        }
        return new Query.Call(token.text(), "", arguments());
    }

    private Query aggregation(String name) {
        String grouping = grouping();
        List<Query> arguments = arguments();
        if (grouping.isEmpty()) {
            grouping = grouping();
        }
        return new Query.Call(name, grouping, arguments);
    }

    private String grouping() {
        if (!words.peek().isWord("by") && !words.peek().isWord("without")) {
            return "";
        }
        return " " + words.take().text().toLowerCase(Locale.ROOT) + parser.labels() + " ";
    }

    private List<Query> arguments() {
        words.need("(");
        List<Query> arguments = new ArrayList<>();
        while (!words.takes(")")) {
            arguments.add(parser.whole());
            if (!words.peek().is(")")) {
                words.need(",");
            }
        }
        return arguments;
    }

    private Query selector(String metric) {
        List<Matcher> matchers = new ArrayList<>();
        if (words.takes("{")) {
            while (!words.takes("}")) {
                matchers.add(matcher());
                if (!words.peek().is("}")) {
                    words.need(",");
                }
            }
        }
        return new Query.Selector(new Expr.Selector(metric, matchers));
    }

    private Matcher matcher() {
        String label = words.label();
        Token sign = words.need(Token.Kind.SIGN, "=, !=, =~ or !~");
        for (Matcher.Kind kind : Matcher.Kind.values()) {
            if (sign.is(kind.sign())) {
                return new Matcher(
                        label,
                        kind,
                        words.need(Token.Kind.STRING, "a text in quotes").text());
            }
        }
        throw new QueryException(sign.at(), "labels are not compared so", "Take =, !=, =~ or !~.");
    }
}
