package io.jenkins.plugins.shera.monitoring.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.preview.Firing;
import io.jenkins.plugins.shera.monitoring.preview.Preview;
import io.jenkins.plugins.shera.monitoring.preview.Span;
import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.rules.TenantRules;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** When thresholds would have fired in the last days, in the environments of an application that are watched. */
public final class PreviewFacts {

    /** A look back makes Prometheus read much: two at a time, whoever asks. */
    private static final Semaphore AT_A_TIME = new Semaphore(2);

    private static final int MOST = 24;

    private PreviewFacts() {}

    /**
     * As JSON: {@code previews}, one for each threshold that is not switched off and each watched environment, and {@code unwatched} with
     * the names of the others.
     *
     * @throws IOException when Prometheus cannot be asked or refuses
     */
    public static ObjectNode of(
            Tenant tenant,
            Application application,
            List<Environment> environments,
            List<Threshold> thresholds,
            Duration length)
            throws IOException {
        List<Threshold> live = thresholds.stream().filter(each -> !each.off()).toList();
        if (live.isEmpty()) {
            throw Refusal.input("thresholds", Messages.PreviewFacts_nothing(), Messages.PreviewFacts_nothing_next());
        }
        if (live.size() * environments.size() > MOST) {
            throw Refusal.input(
                    "thresholds", Messages.PreviewFacts_tooMany(MOST), Messages.PreviewFacts_tooMany_next());
        }
        if (!AT_A_TIME.tryAcquire()) {
            throw Refusal.conflict("preview", Messages.PreviewFacts_busy(), Messages.PreviewFacts_busy_next());
        }
        try {
            ObjectNode facts = JsonNodeFactory.instance.objectNode();
            ArrayNode previews = facts.putArray("previews");
            ArrayNode unwatched = facts.putArray("unwatched");
            Instant now = Instant.now();
            for (Environment environment : environments) {
                Optional<PrometheusServer> server = Watching.serverOf(tenant, environment);
                if (server.isEmpty()) {
                    unwatched.add(environment.getName());
                    continue;
                }
                PrometheusClient client = server.get().client();
                Probe probe = Probe.of(client, environment.getNamespace());
                Subject subject = Subject.of(environment.getNamespace(), application.getName());
                for (Threshold threshold : live) {
                    Measure measure = TenantRules.measure(threshold, probe);
                    Span span = Span.before(now, length, threshold.lasting());
                    Preview preview = Preview.of(client, measure, subject, threshold, span);
                    ObjectNode to = previews.addObject()
                            .put("environment", environment.getName())
                            .put("server", server.get().getId());
                    put(to, threshold, measure, preview);
                }
            }
            return facts;
        } finally {
            AT_A_TIME.release();
        }
    }

    private static void put(ObjectNode to, Threshold threshold, Measure measure, Preview preview) {
        Metric.Unit unit = Metric.of(threshold.metric()).map(Metric::unit).orElse(Metric.Unit.COUNT);
        Span span = preview.span();
        to.put("metric", threshold.metric())
                .put("unit", unit.name().toLowerCase(Locale.ROOT))
                .put("series", measure.series())
                .put("exporter", measure.exporter())
                .put("for", Figures.text(threshold.lasting()))
                .put("below", threshold.below())
                .put("since", span.since().toString())
                .put("until", span.until().toString())
                .put("step", span.step().toSeconds())
                .put("drawn", span.drawn().toSeconds())
                .put("measured", preview.isMeasured())
                .put("left", preview.left());
        ArrayNode outcomes = to.putArray("outcomes");
        for (Preview.Outcome each : preview.outcomes()) {
            to.put(each.severity(), each.limit());
            ObjectNode outcome = outcomes.addObject()
                    .put("severity", each.severity())
                    .put("limit", Figures.text(each.limit(), unit))
                    .put("times", each.times())
                    .put("seconds", each.lasting().toSeconds())
                    .put("shorter", each.shorter());
            ArrayNode firings = outcome.putArray("firings");
            each.firings().forEach(firing -> put(firings.addObject(), firing));
        }
        put(to.putArray("missing"), preview.missing());
        put(to.putArray("unreadable"), preview.unreadable());
        ArrayNode lines = to.putArray("lines");
        for (Chart.Line line : preview.lines()) {
            ArrayNode points = lines.addObject().put("pod", line.pod()).putArray("points");
            for (Series.Sample sample : line.samples()) {
                points.addArray().add(sample.at()).add(sample.value());
            }
        }
    }

    private static void put(ObjectNode to, Firing firing) {
        to.put("pod", firing.pod())
                .put("from", firing.from().toString())
                .put("until", firing.until().toString())
                .put("ongoing", firing.ongoing());
        if (Double.isFinite(firing.worst())) {
            to.put("worst", firing.worst());
        }
    }

    private static void put(ArrayNode to, List<Preview.Stretch> stretches) {
        stretches.forEach(each ->
                to.addArray().add(each.from().toString()).add(each.until().toString()));
    }
}
