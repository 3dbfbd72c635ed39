package io.jenkins.plugins.shera.monitoring.latency;

import java.time.Duration;

/**
 * What stands between a breach and the first message about it.
 *
 * @param scrape how often the value is measured
 * @param evaluation how often the rule is looked at
 * @param groupWait how long Alertmanager waits for others, null where nobody is told
 */
public record Latency(Duration scrape, Duration evaluation, Duration groupWait) {

    /**
     * The least time to reckon with from a breach to the first message about it: one scrape until the value is seen, one evaluation
     * until the rule sees it, the time it has to last in whole evaluations, because a rule fires only when it is looked at, and the
     * wait of Alertmanager. A breach that falls just before a scrape is told sooner by at most the first two; how long the message
     * itself travels is not in it. Nobody waits for Alertmanager where it tells nobody.
     */
    public Duration atLeast(Duration lasting) {
        return scrape.plus(evaluation).plus(whole(lasting)).plus(groupWait == null ? Duration.ZERO : groupWait);
    }

    /** How long a breach lasts at least before its rule fires, when it is to last so long. */
    public Duration whole(Duration lasting) {
        if (evaluation.isZero() || lasting.isZero()) {
            return lasting;
        }
        long times = (lasting.toMillis() + evaluation.toMillis() - 1) / evaluation.toMillis();
        return evaluation.multipliedBy(times);
    }
}
