package io.jenkins.plugins.shera.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.nodes.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks promtool what the rules that are the same for everybody say. */
class LadderRulesTest {

    private static final String JOB = "thresholds";
    private static final String ALIVE = MeasuredSeries.input("shera_thresholds_damaged", "job=\"thresholds\"", "0x40");
    private static final String FIRING = "count(ALERTS{alertstate=\"firing\",tenant=\"retail\",application=\"shop\","
            + "environment=\"dev\",namespace=\"shop-ns\",severity=\"warning\",metric=\"%s\",managed_by=\"shera\"})"
            + " or vector(0)";

    @TempDir
    Path folder;

    private final StringBuilder tests = new StringBuilder();
    private final StringBuilder series = new StringBuilder();
    private final StringBuilder questions = new StringBuilder();
    private int asked;

    private static ServedThreshold limit(String metric, Measure measure, String lasting, boolean below, double limit) {
        Duration duration = Figures.duration("for", lasting);
        Threshold threshold = new Threshold(metric, limit, null, duration, below, false);
        return ServedThreshold.of("retail", "shop", "dev", "shop-ns", threshold, measure, "warning", limit)
                .orElseThrow();
    }

    private static ServedThreshold threads(String lasting, double limit) {
        return limit("threads", Metric.THREADS.measures().get(0), lasting, false, limit);
    }

    private static String served(ServedThreshold threshold, String job, String values) {
        Map<String, String> labels = new TreeMap<>(threshold.labels());
        labels.put("job", job);
        String text = labels.entrySet().stream()
                .map(each -> each.getKey() + "=" + Matcher.quoted(each.getValue()))
                .collect(Collectors.joining(","));
        return MeasuredSeries.input("shera_threshold", text, values);
    }

    private static String threads(String labels, String values) {
        return MeasuredSeries.input("container_threads", "namespace=\"shop-ns\"," + labels, values);
    }

    /** Adds a question: what this expression is at that time, after these series, in a namespace of its own. */
    private void ask(String input, String expr, String at, int value) {
        String namespace = "ns-" + asked++;
        series.append(input.replace("shop-ns", namespace));
        questions
                .append("      - {expr: '")
                .append(expr.replace("shop-ns", namespace))
                .append("', eval_time: ")
                .append(at)
                .append(", exp_samples: [{labels: \"{}\", value: ")
                .append(value)
                .append("}]}\n");
    }

    /** What was asked since is asked of one Prometheus, whose daemon is there as these series say. */
    private void with(String daemon) {
        tests.append("  - interval: 30s\n    input_series:\n")
                .append(daemon)
                .append(series)
                .append("    promql_expr_test:\n")
                .append(questions);
        series.setLength(0);
        questions.setLength(0);
    }

    private void answer() throws Exception {
        Files.write(folder.resolve("ladder.yml"), LadderRules.of(JOB).render());
        Files.writeString(
                folder.resolve("t.yml"), "rule_files: [ladder.yml]\nevaluation_interval: 30s\ntests:\n" + tests);
        Command.Result result = Command.run(
                List.of(RealPrometheus.promtool().toString(), "test", "rules", "t.yml"),
                folder,
                Duration.ofSeconds(120));
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }

    @Test
    void promtoolFindsNothingWrongWithThemAndTheyAreReadBackAsTheyWereWritten() throws Exception {
        RuleFile ladder = LadderRules.of(JOB);
        Files.write(folder.resolve("ladder.yml"), ladder.render());

        Command.Result result = Command.run(
                List.of(RealPrometheus.promtool().toString(), "check", "rules", "ladder.yml"),
                folder,
                Duration.ofSeconds(60));

        assertThat(result.output()).contains("SUCCESS").doesNotContain("duplicate");
        assertThat(RuleReader.read(LadderRules.OWNER, ladder.render())).isEqualTo(ladder);
        assertThat(ladder.render().length).as("fits a PrometheusRule").isLessThan(OperatorRules.LARGEST / 2);
        assertThat(PrometheusRules.marks(LadderRules.of("other"))).isNotEqualTo(PrometheusRules.marks(ladder));
    }

    @Test
    void fireBeyondTheLimitAndNotWithinByEveryMeasure() throws Exception {
        for (Metric metric : Metric.values()) {
            for (Measure measure : metric.measures()) {
                double limit = metric == Metric.LATENCY ? 0.5 : 50;
                String served = served(limit(metric.id(), measure, "1m", false, limit), JOB, limit + "x40");
                for (boolean beyond : new boolean[] {true, false}) {
                    ask(
                            served + MeasuredSeries.of(metric.id(), measure.series(), beyond),
                            FIRING.formatted(metric.id()),
                            "12m",
                            beyond ? 1 : 0);
                }
            }
        }
        with(ALIVE);
        answer();
    }

    @Test
    void tellApplicationsSidesAndRungsApart() throws Exception {
        String firing = FIRING.formatted("threads");
        String served = served(threads("5m", 50), JOB, "50x40");
        String one = "pod=\"shop-5d4f8c-x2z9k\",container=\"shop\"";
        ask(served + threads(one, "60x40"), firing, "4m", 0);
        ask(served + threads(one, "60x40"), firing, "6m", 1);
        ask(served + threads("pod=\"shop-canary-5d4f8c-x2z9k\",container=\"shop\"", "60x40"), firing, "6m", 1);
        for (String other : List.of(
                "pod=\"shop-5d4f8c-x2z9k\",container=\"sidecar\"",
                "pod=\"other-5d4f8c-x2z9k\",container=\"shop\"",
                "pod=\"my-shop-5d4f8c-x2z9k\",container=\"my-shop\"",
                "pod=\"shop-0\",container=\"shop\",application=\"shop\"")) {
            ask(served + threads(other, "60x40"), firing, "6m", 0);
        }
        String below = served(limit("threads", Metric.THREADS.measures().get(0), "0", true, 50), JOB, "50x40");
        ask(below + threads(one, "60x40"), firing, "6m", 0);
        ask(below + threads(one, "40x40"), firing, "6m", 1);
        with(ALIVE);
        answer();
    }

    @Test
    void aLimitThatMovesCountsAtTheNextEvaluationAndOneThatGoesAwayEndsItsAlert() throws Exception {
        String value = threads("pod=\"shop-5d4f8c-x2z9k\",container=\"shop\"", "60x40");
        String moved = served(threads("0", 50), JOB, "50x9 70x30") + value;
        ask(moved, FIRING.formatted("threads"), "4m30s", 1);
        ask(moved, FIRING.formatted("threads"), "5m", 0);
        String gone = served(threads("0", 50), JOB, "50x9 stale") + value;
        ask(gone, FIRING.formatted("threads"), "5m", 0);
        with(ALIVE);
        answer();
    }

    @Test
    void whatWasKnownGoesOnToCountWhileTheDaemonIsGoneWhichIsSaid() throws Exception {
        String gone = served(threads("1m", 50), JOB, "50x4 stale")
                + threads("pod=\"shop-5d4f8c-x2z9k\",container=\"shop\"", "40x9 60x30");
        ask(gone, FIRING.formatted("threads"), "12m", 1);
        String said = "count(ALERTS{alertname=\"SheraThresholdsGone\",alertstate=\"firing\"}) or vector(0)";
        ask("", said, "12m", 1);
        with(MeasuredSeries.input("shera_thresholds_damaged", "job=\"thresholds\"", "0x4 stale"));
        ask("", said, "12m", 0);
        ask("", "count(ALERTS{alertname=\"SheraThresholdsDamaged\",alertstate=\"firing\"}) or vector(0)", "12m", 1);
        with(MeasuredSeries.input("shera_thresholds_damaged", "job=\"thresholds\"", "1x40"));
        answer();
    }

    @Test
    void whatAnotherJobServesIsNoThreshold() throws Exception {
        String value = threads("pod=\"shop-5d4f8c-x2z9k\",container=\"shop\"", "60x40");
        String labels = "job=\"shop\",tenant=\"retail\",application=\"shop\",environment=\"dev\",namespace=\"shop-ns\","
                + "pod=\"shop-5d4f8c-x2z9k\",metric=\"threads\",series=\"container_threads\",severity=\"warning\",for=\"0\"";
        ask(served(threads("0", 50), "shop", "50x40") + value, FIRING.formatted("threads"), "6m", 0);
        ask(MeasuredSeries.input("shera:beyond", labels, "60x40"), FIRING.formatted("threads"), "6m", 0);
        with(ALIVE);
        answer();
    }

    @Test
    void sayTheSameAsARuleOfOnesOwn() throws Exception {
        tests.append("  - interval: 30s\n    input_series:\n")
                .append(ALIVE)
                .append(served(threads("0", 50.5), JOB, "50.5x40"))
                .append(threads("pod=\"shop-5d4f8c-x2z9k\",container=\"shop\"", "60x40"))
                .append(
                        """
                            alert_rule_test:
                              - alertname: SheraThreads
                                eval_time: 6m
                                exp_alerts:
                                  - exp_labels: {tenant: retail, application: shop, environment: dev, namespace: shop-ns,
                                      pod: shop-5d4f8c-x2z9k, severity: warning, metric: threads, for: "0", managed_by: shera}
                                    exp_annotations:
                                      summary: "shop (dev): threads is 60, above 50.5"
                                      description: "Pod shop-5d4f8c-x2z9k. Measured by container_threads."
                                      threshold: "50.5"
                                      shera_rule: "%s"
                        """
                                .formatted(LadderRules.of(JOB).rules().stream()
                                        .filter(each -> each.alert().equals("SheraThreads")
                                                && each.labels().get("for").equals("0"))
                                        .findFirst()
                                        .orElseThrow()
                                        .mark()));
        answer();
    }
}
