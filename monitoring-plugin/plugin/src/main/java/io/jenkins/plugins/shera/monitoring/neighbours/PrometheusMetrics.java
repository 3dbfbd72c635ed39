package io.jenkins.plugins.shera.monitoring.neighbours;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.sides.SideMetrics;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
        Environment environment = environment(scope);
        PrometheusServer server = MonitoringConfiguration.get()
                .serverOf(environment.getCluster())
                .orElseThrow(() -> new IOException(Messages.PrometheusMetrics_server(environment.getCluster())));
        List<MetricSeries.Point> points;
        try {
            points = new SideMetrics(server.client())
                            .range(
                                    new Subject(environment.getNamespace(), scope.application(), scope.side()),
                                    metric,
                                    since,
                                    until,
                                    step)
                            .stream()
                            .map(PrometheusMetrics::point)
                            .toList();
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
        return points.isEmpty() ? List.of() : List.of(new MetricSeries(Map.of(), points));
    }

    private static Environment environment(Scope scope) throws IOException {
        SheraConfiguration all = SheraConfiguration.get();
        Tenant tenant = all.tenant(scope.tenant());
        Application application = all.application(scope.tenant(), scope.application());
        Environment environment = tenant == null || application == null
                ? null
                : application
                        .environment(scope.environment())
                        .filter(each -> tenant.owns(each.getCluster(), each.getNamespace()))
                        .orElse(null);
        if (environment == null) {
            throw new IOException(Messages.PrometheusMetrics_environment(scope.application(), scope.environment()));
        }
        return environment;
    }

    private static MetricSeries.Point point(Series.Sample sample) {
        return new MetricSeries.Point(Instant.ofEpochMilli(Math.round(sample.at() * 1000)), sample.value());
    }
}
