package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.rules.RulerDouble;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Thresholds of tenants in a Mimir, whose documented API a double stands in for: it cannot be had for tests. */
@WithJenkins
class RulerServerTest {

    private static final String ALERTS = "shera/tenant/retail/application/shop/alerts/";
    private static final String THREADS =
            "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"warning\": \"300\", \"for\": \"0\"}]}";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private RulerDouble mimir;
    private RealPrometheus unused;

    @BeforeEach
    void start() throws Exception {
        mimir = new RulerDouble();
        unused = RealPrometheus.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (unused != null) {
            unused.close();
        }
        mimir.close();
    }

    private PrometheusServer server() {
        PrometheusServer server = new PrometheusServer("main", mimir.url().toString());
        server.setClusters("east");
        server.setRulerNamespace("shera");
        server.setOrgId(RulerDouble.ORG);
        server.setPromtool(RealPrometheus.promtool().toString());
        return server;
    }

    private static void use(PrometheusServer server) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setPrometheusServers(List.of(server));
        }
    }

    private boolean holds(String tenant, String text) {
        return String.valueOf(mimir.groups().get("shera-" + tenant)).contains(text);
    }

    @Test
    void thresholdsComeIntoForceAreReadBackAndGoWithTheirTenant(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, unused);
        use(server());
        await().atMost(PATIENCE).until(() -> holds("retail", "> 3") && holds("bank", "> 3"));

        HttpResponse<String> plan = TwoTenants.post(rule, "operator", ALERTS + "plan", THREADS);
        assertThat(plan.body()).contains("+ shop/dev threads warning: 300 for 0s");
        assertThat(holds("retail", "SheraThreads")).as("a plan changes nothing").isFalse();
        HttpResponse<String> set = TwoTenants.post(rule, "operator", ALERTS + "set", THREADS);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(holds("retail", "SheraThreads")).isTrue();
        assertThat(TwoTenants.get(rule, "viewer", ALERTS + "thresholds?environment=dev")
                        .body())
                .contains("\"rules\":\"inForce\"");

        mimir.refuses("shera-retail");
        HttpResponse<String> refused = TwoTenants.post(rule, "operator", ALERTS + "set", THREADS.replace("300", "400"));
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("rule group has too many rules");
        assertThat(holds("retail", "> 300")).isTrue();

        Administration administration = new Administration(SheraConfiguration.get());
        administration.removeApplication("bank", "shop", OptionalLong.empty());
        await().atMost(PATIENCE).until(() -> !mimir.groups().containsKey("shera-bank"));
        assertThat(mimir.groups()).containsKey("shera-retail");
    }

    @Test
    void settingsThatDoNotFitTogetherAreRefused(JenkinsRule rule) {
        PrometheusServer both = server();
        both.setRulesFolder(folder.toString());
        assertThatThrownBy(() -> use(both)).hasMessageContaining("more than one place for rules");
        for (String org : List.of("a b", "a\nb", "x".repeat(151))) {
            PrometheusServer bad = server();
            bad.setOrgId(org);
            assertThatThrownBy(() -> use(bad)).as(org).isInstanceOf(IllegalArgumentException.class);
        }
        use(server());
        assertThat(new MonitoringConfiguration().getPrometheusServers())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getRulerNamespace()).isEqualTo("shera");
                    assertThat(each.getOrgId()).isEqualTo(RulerDouble.ORG);
                    assertThat(each.hasRules()).isTrue();
                });
    }
}
