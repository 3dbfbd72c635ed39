package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.ExtensionList;
import io.jenkins.plugins.shera.deploy.analysis.AnalysisSpec;
import io.jenkins.plugins.shera.deploy.analysis.JobMeasurer;
import io.jenkins.plugins.shera.deploy.analysis.Measurer;
import io.jenkins.plugins.shera.deploy.analysis.Sample;
import io.jenkins.plugins.shera.deploy.analysis.WebHookMeasurer;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures by whatever an analysis names; metric sources are those of the installed plugins. */
final class Measurers implements Measurer {

    private final KubeApi api;
    private final RolloutPlan plan;

    Measurers(KubeApi api, RolloutPlan plan) {
        this.api = api;
        this.plan = plan;
    }

    @Override
    public Optional<Sample> measure(AnalysisSpec spec, String run) throws IOException {
        Subject subject = plan.subject();
        return switch (spec.kind()) {
            case METRIC -> Optional.of(metric(spec));
            case WEB_HOOK ->
                new WebHookMeasurer(Map.of(
                                "tenant", subject.tenant(),
                                "application", subject.application(),
                                "environment", subject.environment(),
                                "image", plan.image()))
                        .measure(spec, run);
            case JOB -> new JobMeasurer(api, subject.namespace(), subject.application()).measure(spec, run);
        };
    }

    private Sample metric(AnalysisSpec spec) throws IOException {
        MetricSource source = source(spec.source());
        MetricSeries.Point canary = newest(source, spec, "canary");
        MetricSeries.Point stable = spec.compare() ? newest(source, spec, "stable") : null;
        return new Sample(
                canary == null ? null : Double.valueOf(canary.value()),
                stable == null ? null : Double.valueOf(stable.value()),
                canary == null ? null : canary.at());
    }

    private static MetricSource source(String name) throws IOException {
        List<MetricSource> all = ExtensionList.lookup(MetricSource.class);
        List<MetricSource> fitting = all.stream()
                .filter(each -> name.isEmpty() ? each.isUsual() : each.name().equals(name))
                .toList();
        if (fitting.size() != 1) {
            throw new IOException(
                    fitting.isEmpty()
                            ? "there is no metric source" + (name.isEmpty() ? "" : " '" + name + "'")
                                    + "; install the monitoring plugin or name another"
                            : "there are several metric sources; name one by the parameter source: "
                                    + fitting.stream().map(MetricSource::name).toList());
        }
        return fitting.get(0);
    }

    private MetricSeries.Point newest(MetricSource source, AnalysisSpec spec, String side) throws IOException {
        Subject subject = plan.subject();
        Instant until = Instant.now();
        List<MetricSeries> series = source.range(
                new MetricSource.Scope(subject.tenant(), subject.application(), subject.environment(), side),
                spec.what(),
                until.minusSeconds(spec.windowSeconds()),
                until,
                Duration.ofSeconds(Math.max(1, spec.windowSeconds() / 10)));
        if (series.size() > 1) {
            throw new IOException("the metric gives " + series.size() + " series for the " + side
                    + " side where one is needed; add them up in its query");
        }
        List<MetricSeries.Point> points =
                series.isEmpty() ? List.of() : series.get(0).points();
        return points.isEmpty() ? null : points.get(points.size() - 1);
    }
}
