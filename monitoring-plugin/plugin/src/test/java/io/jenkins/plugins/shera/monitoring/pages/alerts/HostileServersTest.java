package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Prometheus that is silent or full of NaN, and people who ask for what is not theirs. */
@WithJenkins
class HostileServersTest {

    private static final String SHOP = "shera/tenant/retail/application/shop/";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Selectors that would reach another tenant if any of them became PromQL. */
    private static final List<String> CORPUS = List.of(
            "container_threads{namespace=\"bank\"}",
            "threads\"} or container_threads{namespace=\"bank",
            "max_over_time(container_threads[5m:1m])",
            "sum(sum_over_time(rate(container_threads[1m])[10m:]))",
            "container_threads / on() group_left container_threads",
            "container_threads offset 5m",
            "container_threads @ 1609746000",
            "absent(container_threads{namespace=\"bank\"})",
            "label_replace(container_threads, \"namespace\", \"retail\", \"\", \"\")",
            "label_join(up, \"namespace\", \",\", \"pod\")",
            "{__name__=~\"container_.+\"}",
            "{namespace!=\"retail\"}",
            "{namespace=\"\"}",
            "{namespace!~\"\"}",
            "{\"container_threads\"}",
            "vector(1) or up",
            "up #",
            "up\nor up",
            "count_values(\"namespace\", up)",
            "topk(1, up)",
            "$__rate_interval",
            "\u0000up",
            "\ud83d\ude00");

    @TempDir
    Path folder;

    private RealPrometheus prometheus;

    @BeforeEach
    void start() throws Exception {
        prometheus = RealPrometheus.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private static JsonNode read(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static String body(String metric) {
        return new ObjectMapper()
                .createObjectNode()
                .put("environment", "dev")
                .set(
                        "thresholds",
                        new ObjectMapper()
                                .createArrayNode()
                                .add(new ObjectMapper()
                                        .createObjectNode()
                                        .put("metric", metric)
                                        .put("warning", "1")))
                .toString();
    }

    @Test
    void nothingThatIsWrittenReachesTheDataOfAnotherTenant(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        prometheus.serve("container_threads{namespace=\"bank\",pod=\"shop-9z-secret\",container=\"shop\"} 31337\n"
                + "container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 300\n");
        await().atMost(PATIENCE)
                .until(() ->
                        read(TwoTenants.get(rule, "viewer", SHOP + "charts/series?environment=dev&metrics=threads"))
                                        .at("/charts/0/lines")
                                        .size()
                                == 1);
        for (String metric : CORPUS) {
            for (String verb : List.of("preview", "plan", "set")) {
                HttpResponse<String> answer = TwoTenants.post(rule, "operator", SHOP + "alerts/" + verb, body(metric));
                assertThat(answer.statusCode()).as(verb + " " + metric).isEqualTo(422);
                assertThat(answer.body()).doesNotContain("secret").doesNotContain("31337");
            }
        }
    }

    @Test
    void aSilentServerIsSaidAndNothingWaitsForEver(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            PrometheusServer server = new PrometheusServer("slow", "http://127.0.0.1:" + silent.getLocalPort());
            server.setClusters("east");
            server.setTimeoutSeconds(2);
            server.setRulesFolder(prometheus.rules().toString());
            server.setPromtool(RealPrometheus.promtool().toString());
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                MonitoringConfiguration.get().setPrometheusServers(List.of(server));
            }
            JsonNode facts = read(TwoTenants.get(rule, "viewer", SHOP + "alerts/thresholds?environment=dev"));
            assertThat(facts.path("rules").asText()).isEqualTo("unreachable");
            assertThat(facts.path("thresholds"))
                    .as("what is set is shown all the same")
                    .hasSize(1);
            HttpResponse<String> preview = TwoTenants.post(rule, "operator", SHOP + "alerts/preview", body("threads"));
            assertThat(preview.statusCode()).isEqualTo(502);
            assertThat(preview.body()).contains("did not answer within");
            assertThat(TwoTenants.get(rule, "viewer", SHOP + "charts/series?environment=dev")
                            .statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void whatIsNoNumberIsNeverDrawnAndNeverHealth(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        prometheus.serve("container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} NaN\n"
                + "container_memory_working_set_bytes{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"}"
                + " +Inf\n");
        await().atMost(PATIENCE)
                .until(() -> read(TwoTenants.post(rule, "operator", SHOP + "alerts/preview", body("threads")))
                                .at("/previews/0/unreadable")
                                .size()
                        == 1);
        JsonNode preview = read(TwoTenants.post(rule, "operator", SHOP + "alerts/preview", body("threads")))
                .at("/previews/0");
        assertThat(preview.path("measured").asBoolean()).isFalse();
        assertThat(preview.at("/outcomes/0/times").asInt()).isZero();
        JsonNode charts =
                read(TwoTenants.get(rule, "viewer", SHOP + "charts/series?environment=dev&metrics=threads,memory"));
        assertThat(charts.toString()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(charts.at("/charts/0/lines")).isEmpty();
        assertThat(charts.at("/charts/1/lines")).isEmpty();
    }
}
