package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits until a server evaluates just these rules; {@code reloads} tells it to read them again before each look. */
record RuleProof(PrometheusClient server, Duration limit, Duration pause, boolean reloads) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** For a server that reads rules by itself, or was told to. */
    RuleProof(PrometheusClient server, Duration limit) {
        this(server, limit, LOOK_AGAIN, false);
    }

    /** {@code did} is what the server did already, {@code next} what to do when it does not evaluate them. */
    void await(List<RuleFile> rules, String did, String next) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<RuleFile> missing = missing(rules);
        while (!missing.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new Rollover.RefusedException(
                        did + ", but does not evaluate the rules of " + Promtool.names(missing) + ". " + next);
            }
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            missing = missing(rules);
        }
    }

    private List<RuleFile> missing(List<RuleFile> rules) throws IOException {
        if (reloads) {
            server.reload();
        }
        JsonNode inForce = server.rules();
        return rules.stream()
                .filter(each -> !PrometheusRules.marks(inForce, RuleFile.groupName(each.tenant()))
                        .equals(PrometheusRules.marks(each)))
                .toList();
    }
}
