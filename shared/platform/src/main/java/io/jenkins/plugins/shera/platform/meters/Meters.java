package io.jenkins.plugins.shera.platform.meters;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts and times since this Jenkins started; safe from every thread, and cheap enough for every change. */
public final class Meters {
    /** Of Prometheus' text format, version 0.0.4. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final Meters INSTANCE = new Meters();

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter changes = Counter.builder()
            .name("shera_changes_total")
            .help("Changes that were asked for, as the audit trail has them.")
            .labelNames("what", "tenant", "outcome")
            .register(registry);
    private final Histogram background = Histogram.builder()
            .name("shera_background_seconds")
            .help("How long background work took.")
            .labelNames("task")
            .classicOnly()
            .classicUpperBounds(0.01, 0.05, 0.25, 1, 5, 20, 60, 300)
            .register(registry);
    private final Counter skipped = Counter.builder()
            .name("shera_background_skipped_total")
            .help("Background work that was left out because too much was waiting.")
            .register(registry);
    private final Histogram phases = Histogram.builder()
            .name("shera_build_phase_seconds")
            .help("How long the phases of builds took.")
            .labelNames("phase", "state")
            .classicOnly()
            .classicUpperBounds(0.1, 0.5, 2, 10, 30, 60, 300, 900, 3600)
            .register(registry);

    private Meters() {}

    /** The one instance of this Jenkins. */
    public static Meters get() {
        return INSTANCE;
    }

    /** A change was made, refused, or failed. */
    public void change(String what, String tenant, String outcome) {
        changes.labelValues(what, tenant, outcome).inc();
    }

    /** How many changes ended so, of all kinds and tenants. */
    public long changes(String outcome) {
        return Math.round(changes.collect().getDataPoints().stream()
                .filter(each -> outcome.equals(each.getLabels().get("outcome")))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum());
    }

    /** How much background work was left out. */
    public long allSkipped() {
        return (long) skipped.get();
    }

    /** Background work ran; only the kind of its name counts, as {@code rollout} of {@code rollout of shop in prod}. */
    public void background(String name, Duration took) {
        background.labelValues(kind(name)).observe(seconds(took));
    }

    static String kind(String name) {
        return name.replaceFirst(" (of|in|to) .*", "");
    }

    /** Background work was left out. */
    public void skipped() {
        skipped.inc();
    }

    /** A build went through a phase, which ended in this state. */
    public void phase(String name, String state, Duration took) {
        phases.labelValues(name, state).observe(seconds(took));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Writes all of it together with what is read now. */
    public void write(OutputStream out, List<Reading> now) throws IOException {
        List<MetricSnapshot> all = new ArrayList<>(registry.scrape().stream().toList());
        Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
        for (Reading each : now) {
            Labels labels = Labels.EMPTY;
            for (Map.Entry<String, String> label : each.labels().entrySet()) {
                labels = labels.merge(Labels.of(label.getKey(), label.getValue()));
            }
            gauges.computeIfAbsent(
                            each.name(),
                            name -> GaugeSnapshot.builder().name(name).help(each.help()))
                    .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .value(each.value())
                            .labels(labels)
                            .build());
        }
        gauges.values().forEach(gauge -> all.add(gauge.build()));
        PrometheusTextFormatWriter.create().write(out, MetricSnapshots.of(all.toArray(new MetricSnapshot[0])));
    }
}
