package io.jenkins.plugins.shera.monitoring.desk.logs;

import io.jenkins.plugins.shera.monitoring.alerts.ActiveAlert;
import io.jenkins.plugins.shera.monitoring.desk.AlertFacts;
import io.jenkins.plugins.shera.monitoring.hooks.AlertNews;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;

/** When an alert began. */
public final class AlertMoment {

    private AlertMoment() {}

    /**
     * When the newest alert of a metric of an application went beyond its limit: one that Prometheus has now, else the newest on
     * the timeline.
     *
     * @throws Refusal when there is none
     */
    public static Instant of(Tenant tenant, Application application, String environment, String metric) {
        if (!metric.matches("[a-zA-Z_:][a-zA-Z0-9_:]{0,199}")) {
            throw LogReading.refused("alert", Messages.AlertMoment_metric(), Messages.AlertMoment_metric_next());
        }
        Optional<Instant> active = AlertFacts.of(tenant, application).alerts().stream()
                .filter(alert -> alert.label("metric").equals(metric))
                .filter(alert -> alert.label("environment").equals(environment))
                .map(AlertMoment::since)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
        if (active.isPresent()) {
            return active.get();
        }
        try {
            return AlertNews.newest(application, environment, metric)
                    .orElseThrow(() -> LogReading.refused(
                            "alert",
                            Messages.AlertMoment_none(metric, application.getName(), environment),
                            Messages.AlertMoment_none_next()));
        } catch (IOException e) {
            throw LogReading.unavailable(e);
        }
    }

    private static Optional<Instant> since(ActiveAlert alert) {
        try {
            return Optional.of(Instant.parse(alert.since()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
