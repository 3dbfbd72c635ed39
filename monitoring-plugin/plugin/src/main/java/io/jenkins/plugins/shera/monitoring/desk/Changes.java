package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.monitoring.thresholds.Runbook;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Changes of rules as lines for people, and on the timelines of those whom they concern. */
public final class Changes {
    private Changes() {}

    /** {@code ~ shop/dev threads warning: 300 -> 400}. */
    public static String text(RuleChange change) {
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
        String runbook = rule.annotations().getOrDefault(Runbook.ANNOTATION, "");
        return rule.annotations().get("threshold") + " for " + rule.lasting().toSeconds() + "s"
                + (runbook.isEmpty() ? "" : ", runbook " + runbook);
    }

    /** Every application whose rules changed is told so on its timeline; {@code more} adds links. */
    public static void tell(String tenant, List<RuleChange> changes, String actor, UnaryOperator<TimelineEntry> more)
            throws IOException {
        for (Application application : SheraConfiguration.get().applicationsOf(tenant)) {
            List<RuleChange> own = changes.stream()
                    .filter(change ->
                            application.getName().equals(change.rule().labels().get("application")))
                    .toList();
            if (!own.isEmpty()) {
                TimelineEntry entry = TimelineEntry.now(
                        TimelineEntry.Kind.ALERT,
                        Messages._Changes_timeline(),
                        own.stream().map(Changes::text).collect(Collectors.joining("; ")),
                        actor,
                        "");
                Timelines.get().append(application, more.apply(entry));
            }
        }
    }
}
