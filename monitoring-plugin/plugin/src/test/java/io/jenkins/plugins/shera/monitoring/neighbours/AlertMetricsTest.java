package io.jenkins.plugins.shera.monitoring.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Alerts of a real Prometheus as a canary's analysis counts them. */
@WithJenkins
class AlertMetricsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private static double count(String tenant, String metric, String side) throws IOException {
        MetricSource source = ExtensionList.lookup(MetricSource.class).stream()
                .filter(each -> each.name().equals("alerts"))
                .findFirst()
                .orElseThrow();
        assertThat(source.isUsual()).isFalse();
        Instant now = Instant.now();
        List<MetricSeries> series = source.range(
                new MetricSource.Scope(tenant, "shop", "dev", side),
                metric,
                now.minusSeconds(10),
                now,
                Duration.ofSeconds(1));
        assertThat(series).singleElement().satisfies(one -> {
            assertThat(one.points()).hasSize(1);
            assertThat(one.points().get(0).at()).isAfterOrEqualTo(now);
        });
        return series.get(0).points().get(0).value();
    }

    @Test
    void countsWhatFiresForTheCanaryAndNeverPassesWhatNobodyWatches(JenkinsRule rule) throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
            TwoTenants.of(rule, prometheus);
            prometheus.serve(
                    "container_threads{namespace=\"retail\",pod=\"shop-canary-1a-b2\",container=\"shop\"} 401\n"
                            + "container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n"
                            + "container_threads{namespace=\"bank\",pod=\"shop-canary-1a-b2\",container=\"shop\"} 999\n");
            assertThatThrownBy(() -> count("retail", "critical", "canary"))
                    .as("everybody's one threshold only warns")
                    .hasMessageContaining("no threshold in dev that could raise an alert (critical)");
            for (String tenant : List.of("retail", "bank")) {
                HttpResponse<String> set = TwoTenants.post(
                        rule,
                        tenant.equals("retail") ? "operator" : "banker",
                        "shera/tenant/" + tenant + "/application/shop/alerts/set",
                        "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"warning\": \"300\","
                                + " \"critical\": \"400\", \"for\": \"0\"}]}");
                assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
            }

            await().atMost(PATIENCE).until(() -> count("retail", "critical", "canary") == 1);
            assertThat(count("retail", "critical", "stable")).isZero();
            await().atMost(PATIENCE).until(() -> count("retail", "warning", "") == 2);
            assertThat(count("retail", "firing", "canary")).isEqualTo(2);
            assertThat(count("retail", "firing", "stable")).isEqualTo(1);
            assertThatThrownBy(() -> count("retail", "threads", "canary")).hasMessageContaining("counts no alerts");
            assertThatThrownBy(() -> count("nobody", "critical", "canary")).hasMessageContaining("no environment");

            prometheus.serve("container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 1\n");
            await().atMost(PATIENCE).until(() -> count("retail", "firing", "canary") == 0);
        }
        assertThatThrownBy(() -> count("retail", "critical", "canary"))
                .as("a server that is gone is no health")
                .isInstanceOf(IOException.class);
    }
}
