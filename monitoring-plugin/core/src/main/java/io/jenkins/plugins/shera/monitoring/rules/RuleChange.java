package io.jenkins.plugins.shera.monitoring.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of a plan: a rule that comes, goes or changes. */
public record RuleChange(Kind kind, AlertRule before, AlertRule after) {

    /** What happens to the rule. */
    public enum Kind {
        ADD,
        CHANGE,
        REMOVE
    }

    /** The rule as it will be, or as it was when it goes. */
    public AlertRule rule() {
        return after == null ? before : after;
    }

    /** What would change from one set to the other; nothing for equal sets. */
    public static List<RuleChange> between(List<AlertRule> before, List<AlertRule> after) {
        Map<String, AlertRule> old = new LinkedHashMap<>();
        before.forEach(rule -> old.put(key(rule), rule));
        List<RuleChange> changes = new ArrayList<>();
        for (AlertRule rule : after) {
            AlertRule was = old.remove(key(rule));
            if (was == null) {
                changes.add(new RuleChange(Kind.ADD, null, rule));
            } else if (!was.mark().equals(rule.mark())) {
                changes.add(new RuleChange(Kind.CHANGE, was, rule));
            }
        }
        old.values().forEach(rule -> changes.add(new RuleChange(Kind.REMOVE, rule, null)));
        return changes;
    }

    private static String key(AlertRule rule) {
        return rule.alert() + rule.labels();
    }
}
