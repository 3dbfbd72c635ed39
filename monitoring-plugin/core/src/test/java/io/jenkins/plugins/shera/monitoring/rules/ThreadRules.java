package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Level;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.time.Duration;
import java.util.List;

/** Files of a tenant with one rule, for tests of where rules are kept. */
final class ThreadRules {

    private ThreadRules() {}

    static RuleFile of(String tenant, double limit) {
        Threshold threshold = new Threshold("threads", limit, null, Duration.ZERO, false, false);
        return new RuleFile(
                tenant,
                RuleFile.rulesOf(
                        new AlertRule.Owner(tenant, "shop", "dev"),
                        tenant + "-ns",
                        List.of(new Effective(threshold, Level.TENANT, List.of())),
                        each -> each.measures().get(0)));
    }

    static RuleFile none(String tenant) {
        return new RuleFile(tenant, List.of());
    }
}
