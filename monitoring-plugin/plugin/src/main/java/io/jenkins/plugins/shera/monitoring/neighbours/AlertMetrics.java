package io.jenkins.plugins.shera.monitoring.neighbours;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.alerts.ActiveAlert;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.desk.AlertFacts;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdFacts;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Measures a release by the alerts that fire: {@code critical} and {@code warning} count those of that severity now, {@code firing} all.
 * Alerts of pods count for the side whose pods they are, those of the whole application for both. Where no threshold could have fired, or
 * Prometheus has other rules than are set, there is no value: silence of what nobody watches is no health.
 */
@Extension
public class AlertMetrics implements MetricSource {

    private static final String FIRING = "firing";
    private static final List<String> SEVERITIES = List.of("critical", "warning");

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public boolean isUsual() {
        return false;
    }

    @Override
    public List<MetricSeries> range(Scope scope, String metric, Instant since, Instant until, Duration step)
            throws IOException {
        if (!metric.equals(FIRING) && !SEVERITIES.contains(metric)) {
            throw new IOException(Messages.AlertMetrics_metric(metric));
        }
        Scopes.Place place = Scopes.place(scope);
        String cluster = place.environment().getCluster();
        PrometheusServer server = MonitoringConfiguration.get()
                .serverOf(cluster)
                .orElseThrow(() -> new IOException(Messages.PrometheusMetrics_server(cluster)));
        try {
            checkWatched(scope, place, metric);
            long count = AlertFacts.active(server, scope.tenant()).stream()
                    .filter(alert -> alert.state().equals(FIRING))
                    .filter(alert ->
                            metric.equals(FIRING) || alert.label("severity").equals(metric))
                    .filter(alert -> isOf(alert, scope, place))
                    .count();
            return List.of(new MetricSeries(Map.of(), List.of(new MetricSeries.Point(Instant.now(), count))));
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isOf(ActiveAlert alert, Scope scope, Scopes.Place place) {
        String pod = alert.label("pod");
        return alert.label("application").equals(scope.application())
                && alert.label("environment").equals(scope.environment())
                && (pod.isEmpty() || pod.matches(place.subject().pods()));
    }

    private static void checkWatched(Scope scope, Scopes.Place place, String metric) throws IOException {
        JsonNode facts = ThresholdFacts.of(
                place.tenant(),
                SheraConfiguration.get().application(scope.tenant(), scope.application()),
                place.environment());
        boolean any = StreamSupport.stream(facts.path("thresholds").spliterator(), false)
                .filter(each -> !each.path("off").asBoolean())
                .anyMatch(each -> SEVERITIES.stream()
                        .filter(severity -> metric.equals(FIRING) || severity.equals(metric))
                        .anyMatch(severity -> !each.path(severity).asText().isEmpty()));
        if (!any) {
            throw new IOException(Messages.AlertMetrics_none(scope.application(), scope.environment(), metric));
        }
        String rules = facts.path("rules").asText();
        if (!rules.equals("inForce")) {
            throw new IOException(Messages.AlertMetrics_rules(
                    facts.path("server").asText(), scope.application(), scope.environment(), rules));
        }
    }
}
