package io.jenkins.plugins.shera.monitoring.steps;

import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import java.util.Map;

/** Changes of rules as lines for people. */
final class Changes {
    private Changes() {}

    /** {@code ~ shop/dev threads warning: 300 -> 400}. */
    static String text(RuleChange change) {
        Map<String, String> labels = change.rule().labels();
        String what = labels.get("application") + "/" + labels.get("environment") + " " + labels.get("metric") + " "
                + labels.get("severity") + ": ";
        return switch (change.kind()) {
            case ADD -> "+ " + what + limit(change.after());
            case REMOVE -> "- " + what + limit(change.before());
            case CHANGE -> "~ " + what + limit(change.before()) + " -> " + limit(change.after());
        };
    }

    private static String limit(AlertRule rule) {
        return rule.annotations().get("threshold") + " for " + rule.lasting().toSeconds() + "s";
    }
}
