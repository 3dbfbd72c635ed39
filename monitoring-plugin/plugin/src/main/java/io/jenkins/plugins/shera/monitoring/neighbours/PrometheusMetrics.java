package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.sides.SideMetrics;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Measures releases in the Prometheus that watches their cluster; asks for the tenant's own namespaces only. */
@Extension
public class PrometheusMetrics implements MetricSource {

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public List<MetricSeries> range(Scope scope, String metric, Instant since, Instant until, Duration step)
            throws IOException {
        Scopes.Place place = Scopes.place(scope);
        String cluster = place.environment().getCluster();
        PrometheusServer server = MonitoringConfiguration.get()
                .serverOf(cluster)
                .orElseThrow(() -> new IOException(Messages.PrometheusMetrics_server(cluster)));
        try {
            return Scopes.line(new SideMetrics(server.client()).range(place.subject(), metric, since, until, step));
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
