package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the query of one application into one of all applications: whose a series is stands in a label {@code application}, which is
 * read from the name of the pod as {@link Subject} writes it.
 *
 * @param on the labels by which its series and thresholds belong together
 */
record Everybody(Expr query, List<String> on) {

    private static final String NAMESPACE = "namespace";
    private static final String APPLICATION = "application";
    private static final String CONTAINER = "container";
    private static final String POD = "pod";
    private static final String PODS = "(.+?)(-canary)?-[0-9a-z]+-[0-9a-z]+";

    static Everybody of(Measure measure) {
        Expr one = measure.of(Subject.of("any", "any"));
        boolean container = Expr.selectors(one).stream()
                .flatMap(each -> each.matchers().stream())
                .anyMatch(matcher -> matcher.label().equals(CONTAINER));
        List<String> more = container ? List.of(APPLICATION, CONTAINER) : List.of(APPLICATION);
        List<String> on = new ArrayList<>(List.of(NAMESPACE));
        on.addAll(more);
        return new Everybody(widened(one, more), on);
    }

    private static Expr widened(Expr expr, List<String> more) {
        if (expr instanceof Expr.Selector selector) {
            return named(ofAll(selector, more));
        }
        if (expr instanceof Expr.Call call) {
            // A range has to stay where it is, right in the call.
            if (call.arguments().size() == 1
                    && call.arguments().get(0) instanceof Expr.Range range
                    && range.of() instanceof Expr.Selector selector) {
                Expr of = ofAll(selector, more);
                return named(Expr.call(call.function(), new Expr.Range(of, range.length())));
            }
            return new Expr.Call(
                    call.function(),
                    call.arguments().stream().map(each -> widened(each, more)).toList());
        }
        if (expr instanceof Expr.Aggregate aggregate) {
            List<String> by = new ArrayList<>(aggregate.by());
            by.addAll(more);
            return new Expr.Aggregate(aggregate.operator(), by, widened(aggregate.of(), more));
        }
        if (expr instanceof Expr.Binary binary) {
            return new Expr.Binary(widened(binary.left(), more), binary.operator(), widened(binary.right(), more));
        }
        return expr;
    }

    private static Expr ofAll(Expr.Selector selector, List<String> more) {
        List<Matcher> matchers = new ArrayList<>();
        matchers.add(new Matcher(NAMESPACE, Matcher.Kind.NOT_EQUAL, ""));
        matchers.add(Matcher.regex(POD, PODS));
        if (more.contains(CONTAINER)) {
            matchers.add(new Matcher(CONTAINER, Matcher.Kind.NOT_EQUAL, ""));
        }
        selector.matchers().stream()
                .filter(each -> !List.of(NAMESPACE, POD, CONTAINER).contains(each.label()))
                .forEach(matchers::add);
        return new Expr.Selector(selector.metric(), matchers);
    }

    /** The pods are chosen by the same pattern, so that the label is always written, whatever an exporter says in it. */
    private static Expr named(Expr of) {
        return Expr.call(
                "label_replace",
                of,
                new Expr.Text(APPLICATION),
                new Expr.Text("$1"),
                new Expr.Text(POD),
                new Expr.Text(PODS));
    }
}
