package io.jenkins.plugins.shera.monitoring.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.Silence;
import io.jenkins.plugins.shera.monitoring.alerts.Acknowledgement;
import io.jenkins.plugins.shera.monitoring.alerts.ActiveAlert;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.rules.LadderRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts of a tenant that are pending or firing now, from every Prometheus server that watches it. */
public final class AlertFacts {

    private AlertFacts() {}

    /** What a server said, or that it could not be asked. */
    public record Answer(List<ActiveAlert> alerts, List<Silence> silences, List<String> silent) {
        /** Keeps its own copies. */
        public Answer {
            alerts = List.copyOf(alerts);
            silences = List.copyOf(silences);
            silent = List.copyOf(silent);
        }
    }

    /** The alerts of a tenant, or with {@code application} not null of that one only; {@code silent} are servers without an answer. */
    public static Answer of(Tenant tenant, Application application) {
        Map<String, PrometheusServer> servers = new LinkedHashMap<>();
        for (Application each :
                application == null ? SheraConfiguration.get().applicationsOf(tenant.getId()) : List.of(application)) {
            for (Environment environment : each.getEnvironments()) {
                Watching.serverOf(tenant, environment).ifPresent(server -> servers.put(server.getId(), server));
            }
        }
        List<ActiveAlert> alerts = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (PrometheusServer server : servers.values()) {
            try {
                active(server, tenant.getId()).stream()
                        .filter(alert -> application == null
                                || alert.label("application").equals(application.getName()))
                        .forEach(alerts::add);
            } catch (IOException | Refusal e) {
                silent.add(server.getId());
            }
        }
        List<Silence> silences = new ArrayList<>();
        for (AlertmanagerServer server : MonitoringConfiguration.get().getAlertmanagers()) {
            try {
                silences.addAll(server.client().silences(tenant.getId()));
            } catch (IOException | Refusal e) {
                silent.add(server.getId());
            }
        }
        return new Answer(alerts, silences, silent);
    }

    /** All alerts of a tenant that one server has, those that are pending among them. */
    public static List<ActiveAlert> active(PrometheusServer server, String tenant) throws IOException {
        List<ActiveAlert> all =
                new ArrayList<>(ActiveAlert.of(server.client().rules(RuleFile.groupName(tenant)), tenant));
        if (server.hasDaemon()) {
            all.addAll(ActiveAlert.of(
                    server.client().rules(RuleFile.groupName(LadderRules.OWNER)), LadderRules.OWNER, tenant));
        }
        return all;
    }

    /** As JSON for pages and REST; {@code acknowledged} are the tenant's. */
    public static ObjectNode json(Answer answer, List<Acknowledgement> acknowledged) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode alerts = body.putArray("alerts");
        for (ActiveAlert alert : answer.alerts()) {
            ObjectNode one = alerts.addObject();
            for (String label : List.of("application", "environment", "metric", "severity", "pod")) {
                one.put(label, alert.label(label));
            }
            one.put("state", alert.state());
            one.put("silenced", answer.silences().stream().anyMatch(silence -> silence.quiets(alert.labels())));
            one.put("fingerprint", alert.fingerprint());
            acknowledged.stream().filter(each -> each.holds(alert)).findFirst().ifPresent(each -> one.putObject(
                            "acknowledged")
                    .put("by", each.by())
                    .put("at", each.at().toString())
                    .put("note", each.note()));
            one.put("since", alert.since());
            one.put("value", alert.value());
            one.put("summary", alert.summary());
            one.put("description", alert.description());
            one.put("runbook", alert.runbook());
        }
        ArrayNode silent = body.putArray("unreachable");
        answer.silent().forEach(silent::add);
        return body;
    }
}
