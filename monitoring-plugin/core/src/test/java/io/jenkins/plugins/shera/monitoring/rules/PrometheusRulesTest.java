package io.jenkins.plugins.shera.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusException;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Level;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusRulesTest {

    @TempDir
    Path folder;

    private static RuleFile threads(String tenant, double limit) {
        Threshold threshold = new Threshold("threads", limit, null, Duration.ZERO, false, false);
        return new RuleFile(
                tenant,
                RuleFile.rulesOf(
                        new AlertRule.Owner(tenant, "shop", "dev"),
                        tenant + "-ns",
                        List.of(new Effective(threshold, Level.TENANT, List.of())),
                        each -> each.measures().get(0)));
    }

    private PrometheusRules rules(RealPrometheus prometheus) {
        return new PrometheusRules(prometheus.rules(), RealPrometheus.promtool(), prometheus.client());
    }

    private static JsonNode group(RealPrometheus prometheus, String name) throws IOException {
        for (JsonNode each : prometheus.client().rules().path("groups")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        return null;
    }

    @Test
    void putsRulesInForceThatFireAndLeavesOtherTenantsAlone() throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
            PrometheusRules rules = rules(prometheus);
            rules.push(threads("bank", 5000));
            rules.push(threads("retail", 300));
            prometheus.serve("container_threads{namespace=\"retail-ns\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n"
                    + "container_threads{namespace=\"bank-ns\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> prometheus.client().alerts().size() == 1);
            JsonNode alert = prometheus.client().alerts().get(0);
            assertThat(alert.path("labels").path("tenant").asText()).isEqualTo("retail");
            assertThat(alert.path("annotations").path("summary").asText())
                    .isEqualTo("shop (dev): threads is 301, above 300");

            rules.push(threads("retail", 400));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> prometheus.client().alerts().isEmpty());
            assertThat(PrometheusRules.isInForce(prometheus.client(), threads("bank", 5000)))
                    .isTrue();
            assertThat(PrometheusRules.isInForce(prometheus.client(), threads("retail", 300)))
                    .isFalse();

            rules.push(new RuleFile("retail", List.of()));
            assertThat(group(prometheus, "shera-retail")).isNull();
        }
    }

    @Test
    void neverLetsABadRuleReachTheFolderThatPrometheusReads() throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
            PrometheusRules rules = rules(prometheus);
            long good = rules.push(threads("retail", 300));
            RuleFile bad =
                    new RuleFile("retail", List.of(new AlertRule("Bad", "sum(", Duration.ZERO, Map.of(), Map.of())));

            assertThatThrownBy(() -> rules.push(bad))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("promtool refused the rules of retail")
                    .hasMessageContaining("parse error");

            assertThat(Files.readString(prometheus.rules().resolve("current/retail.yml")))
                    .contains("> 300");
            assertThat(rules.push(threads("retail", 300))).isEqualTo(good);
        }
    }

    @Test
    void putsTheOldRulesBackWhenPrometheusDoesNotTakeTheNewOnes() throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
            PrometheusRules rules = rules(prometheus);
            rules.push(threads("retail", 300));
            Path config = folder.resolve("prometheus.yml");
            Files.writeString(config, Files.readString(config) + "broken");

            assertThatThrownBy(() -> rules.push(threads("retail", 400)))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("refused to reload");

            assertThat(Files.readString(prometheus.rules().resolve("current/retail.yml")))
                    .contains("> 300");
            assertThat(PrometheusRules.isInForce(prometheus.client(), threads("retail", 300)))
                    .isTrue();
        }
    }

    @Test
    void saysWhatIsMissingWhenRulesAreNotReadOrReloadIsNotAllowed() throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.startWithoutLifecycle(folder)) {
            assertThatThrownBy(() -> rules(prometheus).push(threads("retail", 300)))
                    .hasMessageContaining("--web.enable-lifecycle");
            assertThat(prometheus.rules().resolve("current")).doesNotExist();
        }
        assertThatThrownBy(() -> new PrometheusRules(
                                folder.resolve("r"),
                                RealPrometheus.promtool(),
                                new io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient(
                                        java.net.URI.create("http://127.0.0.1:" + RealPrometheus.freePort()),
                                        "",
                                        Duration.ofSeconds(2)))
                        .push(threads("retail", 300)))
                .isInstanceOf(PrometheusException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void asksWhichSeriesExistAndTakesTheBest() throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
            prometheus.serve("jvm_threads_current{namespace=\"a\",pod=\"shop-1-2\"} NaN\n"
                    + "container_threads{namespace=\"b\",pod=\"shop-1-2\"} 3\n");
            await().atMost(Duration.ofSeconds(30)).until(() -> Probe.of(prometheus.client(), "a")
                    .choose(Metric.THREADS.measures())
                    .isPresent());

            assertThat(Probe.of(prometheus.client(), "a").choose(Metric.THREADS.measures()))
                    .hasValueSatisfying(measure -> assertThat(measure.series()).isEqualTo("jvm_threads_current"));
            assertThat(Probe.of(prometheus.client(), "b").choose(Metric.THREADS.measures()))
                    .hasValueSatisfying(
                            measure -> assertThat(measure.exporter()).isEqualTo("cAdvisor"));
            assertThat(Probe.of(prometheus.client(), "c").choose(Metric.THREADS.measures()))
                    .isEmpty();
        }
    }
}
