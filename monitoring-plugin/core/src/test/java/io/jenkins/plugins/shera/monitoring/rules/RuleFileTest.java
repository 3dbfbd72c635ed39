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
    void tellsEverybodyOfTheRunbookByARuleOfItsOwn() {
        Threshold known = new Threshold(
                "threads", 300.0, 400.0, Duration.ofMinutes(1), false, false, "https://wiki.example.com/threads");

        List<AlertRule> rules = rules(known, each -> each.measures().get(0));

        assertThat(rules).hasSize(2).allSatisfy(rule -> {
            assertThat(rule.annotations()).containsEntry("runbook_url", "https://wiki.example.com/threads");
            assertThat(rule.served())
                    .as("the rules for everybody cannot say it")
                    .isNull();
        });
        assertThat(rules(limit("threads", 300, null), each -> each.measures().get(0)))
                .singleElement()
                .satisfies(rule -> assertThat(rule.annotations()).doesNotContainKey("runbook_url"));
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

        assertThat(RuleReader.read("retail", file.render())).isEqualTo(file);
        assertThat(RuleReader.read("x", "groups: 7".getBytes(UTF_8)).rules()).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> RuleReader.read("x", "groups: [".getBytes(UTF_8)))
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
            String series = MeasuredSeries.of(metric, measure.series(), beyond);
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
