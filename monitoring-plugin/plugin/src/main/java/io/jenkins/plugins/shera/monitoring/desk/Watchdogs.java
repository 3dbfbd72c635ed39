package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.alertmanager.Heartbeat;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.LadderRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.rules.RuleTarget;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The alert of each Prometheus that always fires, and the way it takes through every Alertmanager back to Jenkins. */
public final class Watchdogs {

    private static final Logger LOGGER = Logger.getLogger(Watchdogs.class.getName());

    /** The label that names the Prometheus. */
    public static final String LABEL = "watchdog";

    private Watchdogs() {}

    /** The servers whose heartbeats are to come: those with rules of ours, while an Alertmanager has a part of ours. */
    public static List<PrometheusServer> watched() {
        return NoticeDesk.servers().isEmpty()
                ? List.of()
                : MonitoringConfiguration.get().getPrometheusServers().stream()
                        .filter(server -> server.hasRules())
                        .toList();
    }

    /** The last part of the address where heartbeats come in: no tenant can be named so. */
    public static String key() {
        return HookTokens.key(Heartbeat.OWNER, Heartbeat.RECEIVER);
    }

    /** Puts both in force, the way first; or takes the alert away where there is no way. */
    static void bring() throws InterruptedException {
        boolean open = false;
        for (AlertmanagerServer server : NoticeDesk.servers()) {
            try {
                Heartbeat beat = new Heartbeat(
                        HookTokens.address(Heartbeat.OWNER, Heartbeat.RECEIVER),
                        server.getHeartbeatUrl(),
                        MonitoringConfiguration.get().heartbeat());
                NoticeDesk.exclusively(
                        () -> server.config().push(beat, HookTokens.get().of(key())));
                open = true;
            } catch (IOException | Refusal e) {
                LOGGER.log(Level.WARNING, "Alertmanager " + server.getId() + " was not told where heartbeats go", e);
            }
        }
        for (PrometheusServer server : MonitoringConfiguration.get().getPrometheusServers()) {
            if (server.hasRules()) {
                bring(server, Heartbeat.OWNER, open ? List.of(rule(server)) : List.of());
                if (!server.hasDaemon()) {
                    // What a daemon served once must not count beside the rules that took its place.
                    bring(server, LadderRules.OWNER, List.of());
                }
            }
        }
    }

    private static void bring(PrometheusServer server, String owner, List<AlertRule> rules)
            throws InterruptedException {
        try {
            ThresholdDesk.exclusively(() -> {
                RuleTarget in = Watching.open(server).rules();
                if (!in.stored(owner).equals(rules)) {
                    in.apply(List.of(new RuleFile(owner, rules)));
                }
            });
        } catch (IOException | Refusal e) {
            LOGGER.log(Level.WARNING, "Prometheus " + server.getId() + " has not all rules of the platform", e);
        }
    }

    private static AlertRule rule(PrometheusServer server) {
        return new AlertRule(
                Heartbeat.ALERT,
                "vector(1)",
                Duration.ZERO,
                Map.of("managed_by", "shera", "severity", "none", LABEL, server.getId()),
                Map.of("summary", "Prometheus " + server.getId() + " and Alertmanager are there"));
    }
}
