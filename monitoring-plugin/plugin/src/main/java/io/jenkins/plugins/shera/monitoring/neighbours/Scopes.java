package io.jenkins.plugins.shera.monitoring.neighbours;

import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a source of metrics is asked about, found in the settings, and its answer as an analysis takes it. */
final class Scopes {
    private Scopes() {}

    /** An environment whose namespace is the tenant's own. */
    record Place(Tenant tenant, Environment environment, Subject subject) {}

    static Place place(MetricSource.Scope scope) throws IOException {
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
        return new Place(
                tenant, environment, new Subject(environment.getNamespace(), scope.application(), scope.side()));
    }

    static List<MetricSeries> line(List<Series.Sample> samples) {
        List<MetricSeries.Point> points = samples.stream()
                .map(each -> new MetricSeries.Point(Instant.ofEpochMilli(Math.round(each.at() * 1000)), each.value()))
                .toList();
        return points.isEmpty() ? List.of() : List.of(new MetricSeries(Map.of(), points));
    }
}
