package io.jenkins.plugins.shera.monitoring.promql.parse;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody wrote, as a tree; {@link #text} writes it anew, so that nothing of the original text is passed on unread. */
public sealed interface Query {

    /** The query in PromQL. */
    String text();

    /** The same query whose every selector asks for this, too, whatever else it asks for. */
    Query within(Matcher scope);

    /** Reads a query; what is not understood is refused. */
    static Query read(String text) {
        return Parser.read(text);
    }

    /** Series chosen by name and labels. */
    record Selector(Expr.Selector chosen) implements Query {
        @Override
        public String text() {
            return chosen.text();
        }

        @Override
        public Query within(Matcher scope) {
            List<Matcher> matchers = new ArrayList<>(chosen.matchers());
            matchers.add(scope);
            return new Selector(new Expr.Selector(chosen.metric(), matchers));
        }
    }

    /** A number or a string, written so that it reads back as itself. */
    record Literal(String text) implements Query {
        @Override
        public Query within(Matcher scope) {
            return this;
        }
    }

    /** A query with something behind it: {@code [5m]}, {@code [1h:5m]}, {@code offset 1d}, {@code @ end()}. */
    record Suffixed(Query of, String suffix) implements Query {
        @Override
        public String text() {
            return Query.closed(of) + suffix;
        }

        @Override
        public Query within(Matcher scope) {
            return new Suffixed(of.within(scope), suffix);
        }
    }

    /** A function or an aggregation; {@code grouping} stands between its name and its arguments. */
    record Call(String name, String grouping, List<Query> arguments) implements Query {
        /** Keeps its own copy. */
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String text() {
            return name + grouping + arguments.stream().map(Query::text).collect(Collectors.joining(", ", "(", ")"));
        }

        @Override
        public Query within(Matcher scope) {
            return new Call(
                    name,
                    grouping,
                    arguments.stream().map(each -> each.within(scope)).toList());
        }
    }

    /** A sign before a query. */
    record Signed(String sign, Query of) implements Query {
        @Override
        public String text() {
            return sign + Query.closed(of);
        }

        @Override
        public Query within(Matcher scope) {
            return new Signed(sign, of.within(scope));
        }
    }

    /** Two queries; {@code operator} with what says how they are matched. */
    record Binary(Query left, String operator, Query right) implements Query {
        @Override
        public String text() {
            return Query.closed(left) + " " + operator + " " + Query.closed(right);
        }

        @Override
        public Query within(Matcher scope) {
            return new Binary(left.within(scope), operator, right.within(scope));
        }
    }

    /** In brackets where it would otherwise be torn apart. */
    private static String closed(Query query) {
        return query instanceof Binary || query instanceof Signed ? "(" + query.text() + ")" : query.text();
    }
}
