package io.jenkins.plugins.shera.monitoring.pages.charts;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdDesk;
import io.jenkins.plugins.shera.monitoring.desk.Watching;
import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.OverviewPart;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The last hour of an application on its overview, in the last of its environments that is watched: the one nearest to its users. */
@Extension
public class MeasuresAtAGlance extends OverviewPart {
    private static final int MOST = 4;
    /** What people ask first; of those that are measured the first four are shown. */
    private static final List<Metric> WANTED =
            List.of(Metric.REQUESTS, Metric.ERROR_RATE, Metric.LATENCY, Metric.CPU, Metric.MEMORY, Metric.THREADS);

    @Override
    public String tab() {
        return "charts";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Glance look(Tenant tenant, Application application) throws IOException {
        Environment watched = null;
        PrometheusServer server = null;
        for (Environment each : application.getEnvironments()) {
            PrometheusServer its = Watching.serverOf(tenant, each).orElse(null);
            if (its != null) {
                watched = each;
                server = its;
            }
        }
        return watched == null
                ? new Glance(List.of(), List.of())
                : new Glance(List.of(), figures(tenant, application, watched, server.client()));
    }

    private static List<Figure> figures(
            Tenant tenant, Application application, Environment environment, PrometheusClient client)
            throws IOException {
        Instant now = Instant.now();
        Chart.Span span = Chart.Span.of(now.minus(Duration.ofHours(1)), now);
        Subject subject = Subject.of(environment.getNamespace(), application.getName());
        List<Effective> thresholds = ThresholdDesk.book(tenant.getId())
                .effective(MonitoringConfiguration.get().platformBook(), application.getName(), environment.getName());
        Probe probe = Probe.of(client, environment.getNamespace());
        List<Figure> figures = new ArrayList<>();
        for (Metric metric : WANTED) {
            if (figures.size() == MOST) {
                break;
            }
            Chart chart = Chart.read(client, probe, subject, metric, span);
            if (!chart.lines().isEmpty()) {
                figures.add(new Figure(
                        environment.getName(),
                        title(metric),
                        unit(metric),
                        points(chart, span),
                        bound(metric, thresholds)));
            }
        }
        return figures;
    }

    /** One line for all pods: their sum where they share the work, the highest where each has a threshold of its own. */
    static List<Double> points(Chart chart, Chart.Span span) {
        long step = span.step().toSeconds();
        long begin = span.since().getEpochSecond();
        Double[] points = new Double[(int) ((span.until().getEpochSecond() - begin) / step) + 1];
        boolean sum = chart.metric() == Metric.REQUESTS;
        for (Chart.Line line : chart.lines()) {
            for (Series.Sample sample : line.samples()) {
                int at = (int) Math.round((sample.at() - begin) / step);
                if (at >= 0 && at < points.length && Double.isFinite(sample.value())) {
                    Double known = points[at];
                    points[at] = known == null
                            ? sample.value()
                            : sum ? known + sample.value() : Math.max(known, sample.value());
                }
            }
        }
        return Arrays.stream(points)
                .map(each -> each == null ? null : rounded(each))
                .toList();
    }

    /** What arithmetic alone makes of a value that stays the same is no change. */
    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(6)).doubleValue();
    }

    private static Double bound(Metric metric, List<Effective> thresholds) {
        return thresholds.stream()
                .map(Effective::threshold)
                .filter(each -> each.metric().equals(metric.id()) && !each.off())
                .map(each -> each.warning() == null ? each.critical() : each.warning())
                .findFirst()
                .orElse(null);
    }

    private static Localizable title(Metric metric) {
        return switch (metric) {
            case REQUESTS -> Messages._glance_requests();
            case ERROR_RATE -> Messages._metric_errorRate();
            case LATENCY -> Messages._metric_latency();
            case CPU -> Messages._glance_cpu();
            case MEMORY -> Messages._glance_memory();
            default -> Messages._glance_threads();
        };
    }

    private static Unit unit(Metric metric) {
        return switch (metric.unit()) {
            case CORES -> Unit.CPU;
            case BYTES, BYTES_PER_SECOND -> Unit.BYTES;
            case PERCENT -> Unit.PERCENT;
            case SECONDS -> Unit.SECONDS;
            default -> Unit.COUNT;
        };
    }
}
