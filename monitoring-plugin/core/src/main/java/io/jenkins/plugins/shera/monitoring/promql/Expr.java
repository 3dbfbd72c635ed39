package io.jenkins.plugins.shera.monitoring.promql;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A PromQL expression; {@link #text} is what Prometheus gets. */
public sealed interface Expr {

    /** The expression in PromQL. */
    String text();

    /** Series chosen by name and labels; an empty name leaves the choice to the matchers. */
    record Selector(String metric, List<Matcher> matchers) implements Expr {
        /** Refuses what is no metric. */
        public Selector {
            matchers = List.copyOf(matchers);
            if (!metric.isEmpty()) {
                Quoting.metric(metric);
            }
        }

        @Override
        public String text() {
            return metric
                    + (matchers.isEmpty()
                            ? ""
                            : matchers.stream().map(Matcher::text).collect(Collectors.joining(",", "{", "}")));
        }
    }

    /** What lies in the time before each moment. */
    record Range(Expr of, Duration length) implements Expr {
        @Override
        public String text() {
            return of.text() + "[" + duration(length) + "]";
        }
    }

    /** A function of arguments. */
    record Call(String function, List<Expr> arguments) implements Expr {
        /** Refuses what is no function's name. */
        public Call {
            arguments = List.copyOf(arguments);
            Quoting.label(function);
        }

        @Override
        public String text() {
            return function + arguments.stream().map(Expr::text).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** A sum, maximum, ... for each value of some labels. */
    record Aggregate(String operator, List<String> by, Expr of) implements Expr {
        /** Refuses what is no label. */
        public Aggregate {
            by = List.copyOf(by);
            Quoting.label(operator);
            by.forEach(Quoting::label);
        }

        @Override
        public String text() {
            return operator + " by (" + String.join(", ", by) + ") (" + of.text() + ")";
        }
    }

    /** Two expressions with one of PromQL's binary operators. */
    record Binary(Expr left, String operator, Expr right) implements Expr {
        /** Refuses other operators. */
        public Binary {
            check(operator);
        }

        @Override
        public String text() {
            return closed(left) + " " + operator + " " + closed(right);
        }
    }

    /**
     * Two expressions whose series belong together where they agree in some labels; {@code taken} are labels that come over from the
     * right, which then has one series for each of the left's.
     */
    record Joined(Expr left, String operator, List<String> on, List<String> taken, Expr right) implements Expr {
        /** Refuses what is no label or no operator. */
        public Joined {
            on = List.copyOf(on);
            taken = List.copyOf(taken);
            on.forEach(Quoting::label);
            taken.forEach(Quoting::label);
            check(operator);
        }

        @Override
        public String text() {
            String more = taken.isEmpty() ? "" : " group_left (" + String.join(", ", taken) + ")";
            return closed(left) + " " + operator + " on (" + String.join(", ", on) + ")" + more + " " + closed(right);
        }
    }

    /** A text, as some functions take one. */
    record Text(String value) implements Expr {
        @Override
        public String text() {
            return Quoting.string(value);
        }
    }

    private static void check(String operator) {
        if (!List.of("+", "-", "*", "/", ">", "<", ">=", "<=", "==", "!=", "or", "and", "unless")
                .contains(operator)) {
            throw new IllegalArgumentException("no operator: " + operator);
        }
    }

    private static String closed(Expr expr) {
        return expr instanceof Binary || expr instanceof Joined ? "(" + expr.text() + ")" : expr.text();
    }

    /** A number. */
    record Number(double value) implements Expr {
        @Override
        public String text() {
            return Double.isInfinite(value) || Double.isNaN(value)
                    ? Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf"
                    : new BigDecimal(Double.toString(value))
                            .stripTrailingZeros()
                            .toPlainString();
        }
    }

    /** Every choice of series in an expression, from left to right. */
    static List<Selector> selectors(Expr expr) {
        if (expr instanceof Selector selector) {
            return List.of(selector);
        }
        List<Expr> parts = List.of();
        if (expr instanceof Range range) {
            parts = List.of(range.of());
        } else if (expr instanceof Call call) {
            parts = call.arguments();
        } else if (expr instanceof Aggregate aggregate) {
            parts = List.of(aggregate.of());
        } else if (expr instanceof Binary binary) {
            parts = List.of(binary.left(), binary.right());
        } else if (expr instanceof Joined joined) {
            parts = List.of(joined.left(), joined.right());
        }
        return parts.stream()
                .flatMap(part -> selectors(part).stream())
                .distinct()
                .toList();
    }

    /** Series of a metric. */
    static Selector series(String metric, Matcher... matchers) {
        return new Selector(metric, List.of(matchers));
    }

    /** A function of arguments. */
    static Expr call(String function, Expr... arguments) {
        return new Call(function, List.of(arguments));
    }

    /** A duration as PromQL writes it. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
