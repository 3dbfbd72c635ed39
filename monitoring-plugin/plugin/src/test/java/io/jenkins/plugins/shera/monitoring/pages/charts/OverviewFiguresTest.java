package io.jenkins.plugins.shera.monitoring.pages.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The last hour of two applications of the same name, as a real Prometheus measured it, on the overview of one of them. */
@WithJenkins
class OverviewFiguresTest {

    private static final String SHOP = "shera/tenant/retail/application/shop/";
    private static final String SECONDS = "http_server_requests_seconds_count";
    private static final int STEP = 15;

    @TempDir
    Path folder;

    private final long now = Instant.now().getEpochSecond();
    private final StringBuilder past = new StringBuilder();

    private void measured(String series, String labels, LongToDoubleFunction value) {
        for (long at = now - 4200; at <= now; at += STEP) {
            past.append(String.format(
                    Locale.ROOT, "%s{%s} %.3f %d%n", series, labels, value.applyAsDouble(at - now + 4200), at));
        }
    }

    private static String pod(String namespace, String pod) {
        return "namespace=\"" + namespace + "\",pod=\"" + pod + "\"";
    }

    /** Two pods that answer 8 and 12 times a second, one of 40 answers wrongly; and another tenant, whose figures are not to be seen. */
    private String past() {
        past.append("# TYPE container_memory_working_set_bytes gauge\n");
        measured(
                "container_memory_working_set_bytes",
                pod("retail", "shop-1a-b2") + ",container=\"shop\"",
                at -> 3e8 + 4e4 * at);
        measured("container_memory_working_set_bytes", pod("retail", "shop-1a-c3") + ",container=\"shop\"", at -> 2e8);
        measured(
                "container_memory_working_set_bytes", pod("bank", "shop-7s-x1") + ",container=\"shop\"", at -> 31337e9);
        past.append("# TYPE container_cpu_usage_seconds counter\n");
        measured(
                "container_cpu_usage_seconds_total",
                pod("retail", "shop-1a-b2") + ",container=\"shop\"",
                at -> 0.25 * at);
        past.append("# TYPE container_threads gauge\n");
        measured("container_threads", pod("retail", "shop-1a-b2") + ",container=\"shop\"", at -> 40);
        past.append("# TYPE ").append(SECONDS).append(" unknown\n");
        measured(SECONDS, pod("retail", "shop-1a-b2") + ",status=\"200\"", at -> 7.5 * at);
        measured(SECONDS, pod("retail", "shop-1a-b2") + ",status=\"503\"", at -> 0.5 * at);
        measured(SECONDS, pod("retail", "shop-1a-c3") + ",status=\"200\"", at -> 12.0 * at);
        measured(SECONDS, pod("bank", "shop-7s-x1") + ",status=\"200\"", at -> 31337.0 * at);
        return past.toString();
    }

    private static JsonNode figures(JenkinsRule rule) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, "viewer", SHOP + "glance");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("31337").doesNotContain("127.0.0.1");
        return new ObjectMapper().readTree(answer.body());
    }

    /** Half an hour ago: at its end a rate fades away, for nothing is measured any more. */
    private static double middle(JsonNode figure) {
        JsonNode points = figure.path("points");
        return points.get(points.size() / 2).asDouble();
    }

    @Test
    void theLastHourOfWhatIsMeasuredStandsThereAndNothingOfAnotherTenant(JenkinsRule rule) throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.backfilled(folder, past())) {
            TwoTenants.of(rule, prometheus);
            TwoTenants.post(
                    rule,
                    "operator",
                    SHOP + "alerts/set",
                    "{\"thresholds\": [{\"metric\": \"memory\", \"warning\": \"400Mi\"}]}");
            JsonNode glance = figures(rule);
            JsonNode figures = glance.path("figures");
            assertThat(glance.path("silent")).isEmpty();
            assertThat(figures.findValuesAsText("unit")).containsExactly("count", "percent", "cpu", "bytes");
            assertThat(figures.findValuesAsText("environment")).containsOnly("dev");
            assertThat(middle(figures.get(0))).as("requests of both pods").isCloseTo(20, within(0.1));
            assertThat(middle(figures.get(1))).as("of a hundred").isCloseTo(2.5, within(0.05));
            assertThat(middle(figures.get(2))).isCloseTo(0.25, within(0.01));
            assertThat(middle(figures.get(3))).as("the pod that has most").isBetween(3.7e8, 4.4e8);
            assertThat(figures.get(3).path("bound").asDouble()).isEqualTo(400 * 1024 * 1024.0);
            assertThat(figures.get(0).path("bound").isNull()).isTrue();
            figures.forEach(each -> assertThat(each.path("points"))
                    .as("an hour without a gap")
                    .filteredOn(JsonNode::isNumber)
                    .hasSizeGreaterThan(each.path("points").size() * 9 / 10));
        }
        assertThat(figures(rule).path("silent").toString())
                .as("a server that is gone is said, and no figure is made up")
                .contains("charts");
        assertThat(figures(rule).path("figures")).isEmpty();
    }
}
