package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MetricHistorySettings;
import io.jenkins.plugins.shera.monitoring.desk.MetricPast;
import io.jenkins.plugins.shera.monitoring.history.PastSides;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Measures releases in the InfluxDB that keeps their cluster's metrics, for who names it; asks for the tenant's own namespaces only. */
@Extension
public class InfluxMetrics implements MetricSource {

    @Override
    public String name() {
        return "influxdb";
    }

    @Override
    public boolean isUsual() {
        return false;
    }

    @Override
    public List<MetricSeries> range(Scope scope, String metric, Instant since, Instant until, Duration step)
            throws IOException {
        Scopes.Place place = Scopes.place(scope);
        MetricHistorySettings history = MetricPast.of(place.tenant(), place.environment())
                .orElseThrow(() -> new IOException(
                        Messages.InfluxMetrics_none(place.environment().getCluster())));
        try {
            return Scopes.line(new PastSides(history.open()).range(place.subject(), metric, since, until, step));
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
