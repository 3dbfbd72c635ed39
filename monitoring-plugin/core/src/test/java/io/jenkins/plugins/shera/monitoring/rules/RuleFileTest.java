package io.jenkins.plugins.shera.monitoring.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Level;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.nodes.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {

    private static final AlertRule.Owner OWNER = new AlertRule.Owner("retail", "shop", "dev");
    private static final String POD = "namespace=\"shop-ns\",pod=\"shop-5d4f8c-x2z9k\"";
    private static final String CONTAINER = POD + ",container=\"shop\"";

    @TempDir
    Path folder;

    private static List<AlertRule> rules(Threshold threshold, Function<Threshold, Measure> chosen) {
        return RuleFile.rulesOf(OWNER, "shop-ns", List.of(new Effective(threshold, Level.TENANT, List.of())), chosen);
    }

    private static Threshold limit(String metric, double warning, Double critical) {
        return new Threshold(metric, warning, critical, Duration.ofMinutes(1), false, false);
    }

    private String promtool(String... arguments) throws Exception {
        List<String> argv = new ArrayList<>(List.of(RealPrometheus.promtool().toString()));
        argv.addAll(List.of(arguments));
        Command.Result result = Command.run(argv, folder, Duration.ofSeconds(60));
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output();
    }

    @Test
    void holdsRulesThatPromtoolFindsNothingWrongWith() throws Exception {
        List<AlertRule> rules = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (Measure measure : metric.measures().subList(0, 1)) {
                rules.addAll(rules(limit(metric.id(), 1, 2.5), each -> measure));
            }
        }
        rules.addAll(
                rules(limit("queue_depth:max", 5, 9.0), each -> each.measures().get(0)));
        Files.write(folder.resolve("retail.yml"), new RuleFile("retail", rules).render());

        String said = promtool("check", "rules", "retail.yml");

        assertThat(said).contains("SUCCESS: " + rules.size() + " rules found").doesNotContain("duplicate");
    }

    @Test
    void isReadBackAsItWasWritten() throws Exception {
        List<AlertRule> rules = new ArrayList<>(
                rules(limit("threads", 300.5, 400.0), each -> each.measures().get(0)));
        rules.add(new AlertRule(
                "Odd",
                "up{a=\"\\\\d\"}",
                Duration.ofSeconds(90),
                java.util.Map.of("team", "\u4e2d: {x} # no"),
                java.util.Map.of("summary", "a\nb")));
        RuleFile file = new RuleFile("retail", rules);

        assertThat(new RuleFile("retail", RuleReader.read(file.render()))).isEqualTo(file);
        assertThat(RuleReader.read("groups: 7".getBytes(UTF_8))).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> RuleReader.read("groups: [".getBytes(UTF_8)))
                .isInstanceOf(java.io.IOException.class);
    }

    @Test
    void firesAboveTheLimitAndNotBelowByEveryMeasure() throws Exception {
        for (Metric metric : Metric.values()) {
            for (Measure measure : metric.measures()) {
                tryRule(metric.id(), measure, 50);
            }
        }
        tryRule("queue_depth", Metric.own("queue_depth"), 50);
    }

    private void tryRule(String metric, Measure measure, double limit) throws Exception {
        List<AlertRule> rules = rules(limit(metric, "latency".equals(metric) ? 0.5 : limit, null), each -> measure);
        Files.write(folder.resolve("r.yml"), new RuleFile("retail", rules).render());
        String alert = rules.get(0).alert();
        for (boolean beyond : new boolean[] {true, false}) {
            String series = series(metric, measure.series(), beyond);
            String test =
                    """
                    rule_files: [r.yml]
                    evaluation_interval: 30s
                    tests:
                      - interval: 30s
                        input_series:
                    %s
                        alert_rule_test: []
                        promql_expr_test:
                          - expr: count(ALERTS{alertname="%s",alertstate="firing"}) or vector(0)
                            eval_time: 12m
                            exp_samples: [{labels: '{}', value: %d}]
                    """
                            .formatted(series, alert, beyond ? 1 : 0);
            Files.writeString(folder.resolve("t.yml"), test);
            assertThat(promtool("test", "rules", "t.yml"))
                    .as(metric + " " + measure.series())
                    .contains("SUCCESS");
        }
    }

    /** Series that are beyond a limit of 50 (0.5 for latency), or well within it. */
    private static String series(String metric, String name, boolean beyond) {
        String steady = beyond ? "60x40" : "40x40";
        return switch (metric) {
            case "cpu" -> input(name, CONTAINER, beyond ? "0+1800x40" : "0+1200x40");
            case "requests", "networkIn", "networkOut" -> input(name, POD, beyond ? "0+1800x40" : "0+1200x40");
            case "restarts" ->
                name.startsWith("kube")
                        ? input(name, CONTAINER, beyond ? "0+4x40" : "0+1x40")
                        : incarnations(name, beyond ? 60 : 3);
            case "errorRate" -> {
                String label = name.startsWith("http_server") ? "status" : "code";
                String ok = input(name, POD + "," + label + "=\"200\"", "0+100x40");
                yield beyond ? ok + input(name, POD + "," + label + "=\"503\"", "0+300x40") : ok;
            }
            case "latency" ->
                input(name, POD + ",le=\"0.1\"", beyond ? "0+10x40" : "0+100x40")
                        + input(name, POD + ",le=\"1\"", "0+100x40")
                        + input(name, POD + ",le=\"+Inf\"", "0+100x40");
            default -> input(name, CONTAINER, steady);
        };
    }

    private static String incarnations(String name, int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(input(name, CONTAINER + ",id=\"" + i + "\"", "17e8x40"));
        }
        return all.toString();
    }

    private static String input(String name, String labels, String values) {
        return "      - {series: '" + name + "{" + labels + "}', values: '" + values + "'}\n";
    }

    @Test
    void quotesWhateverStandsInIt() throws Exception {
        AlertRule.Owner hostile = new AlertRule.Owner("retail", "sh\"op\n: {a}", "d'ev # x");
        List<AlertRule> rules = RuleFile.rulesOf(
                hostile,
                "n\\s\"}",
                List.of(new Effective(limit("threads", 300, null), Level.TENANT, List.of())),
                each -> each.measures().get(0));
        Files.write(folder.resolve("retail.yml"), new RuleFile("retail", rules).render());

        promtool("check", "rules", "retail.yml");
    }

    @Test
    void staysTheSameAlertWhenItsLimitMoves() {
        Function<Threshold, Measure> first = each -> each.measures().get(0);
        List<AlertRule> before = rules(limit("threads", 300, 400.0), first);
        List<AlertRule> after = rules(limit("threads", 350, 400.0), first);

        List<RuleChange> changes = RuleChange.between(before, after);

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(RuleChange.Kind.CHANGE);
            assertThat(change.before().labels()).isEqualTo(change.after().labels());
            assertThat(change.after().expr()).endsWith("> 350");
        });
        assertThat(new String(new RuleFile("retail", after).render(), UTF_8)).contains("name: \"shera-retail\"");
        assertThat(RuleChange.between(before, before)).isEmpty();
    }
}
