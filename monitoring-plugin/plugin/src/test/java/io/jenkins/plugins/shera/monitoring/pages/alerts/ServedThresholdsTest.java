package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.agent.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.agent.http.ThresholdServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.neighbours.ThresholdConnections;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.served.ThresholdDaemon;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Thresholds of two tenants that a real daemon serves to a real Prometheus. */
@WithJenkins
class ServedThresholdsTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String ALERTS = "shera/tenant/retail/application/shop/alerts/";
    private static final String SET =
            "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"warning\":"
                    + " \"300\", \"for\": \"0\"}, {\"metric\": \"queue_depth\", \"warning\": \"5\", \"for\": \"0\"},"
                    + " {\"metric\": \"files\", \"warning\": \"5\", \"for\": \"7m\"}]}";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private ThresholdServer daemon;
    private RealPrometheus prometheus;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("token"), TOKEN);
        daemon = ThresholdServer.start(new ThresholdSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                null,
                folder.resolve("thresholds"),
                folder.resolve("token"),
                null));
        prometheus = RealPrometheus.start(
                Files.createDirectories(folder.resolve("prom")),
                "",
                "127.0.0.1:" + daemon.address().getPort());
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        daemon.close();
    }

    private PrometheusServer server() {
        PrometheusServer server = new PrometheusServer("main", prometheus.url().toString());
        server.setClusters("east");
        server.setRulesFolder(prometheus.rules().toString());
        server.setPromtool(RealPrometheus.promtool().toString());
        return server;
    }

    private PrometheusServer served() {
        PrometheusServer server = server();
        server.setThresholdsUrl("http://127.0.0.1:" + daemon.address().getPort());
        server.setThresholdsCredentialsId("push");
        return server;
    }

    private static void use(PrometheusServer... servers) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setPrometheusServers(List.of(servers));
        }
    }

    private void setUp(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(CredentialsScope.GLOBAL, "push", "", Secret.fromString(TOKEN)));
        }
    }

    private String rules(String tenant) throws Exception {
        Path file = prometheus.rules().resolve("current/" + tenant + ".yml");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private String kept(String tenant) throws Exception {
        Path file = folder.resolve("thresholds/" + tenant + ".json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String thresholds(JenkinsRule rule) throws Exception {
        return TwoTenants.get(rule, "viewer", ALERTS + "thresholds?environment=dev")
                .body();
    }

    @Test
    void thresholdsMoveToTheDaemonAreEditedWithoutAReloadAndMoveBack(JenkinsRule rule) throws Exception {
        setUp(rule);
        await().atMost(PATIENCE).until(() -> rules("retail").contains("> 3"));
        use(served());
        await().atMost(PATIENCE)
                .until(() -> kept("retail").contains("restarts") && kept("bank").contains("restarts"));
        await().atMost(PATIENCE).until(() -> thresholds(rule).contains("\"rules\":\"inForce\""));
        assertThat(rules("retail")).as("moved, not doubled").isEmpty();
        assertThat(new ThresholdConnections().connections().get(0).test().toString())
                .contains("2");

        HttpResponse<String> plan = TwoTenants.post(rule, "operator", ALERTS + "plan", SET);
        assertThat(plan.body()).contains("+ shop/dev threads warning: 300 for 0s");
        assertThat(kept("retail")).as("a plan changes nothing").doesNotContain("threads");
        HttpResponse<String> set = TwoTenants.post(rule, "operator", ALERTS + "set", SET);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(kept("retail")).contains("container_threads").doesNotContain("queue_depth");
        assertThat(rules("retail")).contains("SheraQueueDepth", "SheraFiles").doesNotContain("SheraThreads");

        Path config = folder.resolve("prom/prometheus.yml");
        String whole = Files.readString(config);
        Files.writeString(config, whole + "\nbroken, so that no reload could succeed");
        HttpResponse<String> edit = TwoTenants.post(rule, "operator", ALERTS + "set", SET.replace("300", "400"));
        assertThat(edit.statusCode()).as(edit.body()).isEqualTo(200);
        assertThat(edit.body()).contains("300 for 0s -> 400 for 0s");
        assertThat(thresholds(rule)).contains("\"rules\":\"inForce\"").contains("\"warning\":\"400\"");
        Files.writeString(config, whole);

        prometheus.serve("container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 401\n"
                + "container_threads{namespace=\"bank\",pod=\"shop-1a-b2\",container=\"shop\"} 401\n");
        await().atMost(PATIENCE).until(() -> TwoTenants.get(rule, "viewer", ALERTS + "active")
                .body()
                .contains("shop (dev): threads is 401, above 400"));
        assertThat(TwoTenants.get(rule, "banker", ALERTS.replace("retail", "bank") + "active")
                        .body())
                .as("one tenant's alert is none of another's")
                .contains("\"alerts\":[]");

        Administration administration = new Administration(SheraConfiguration.get());
        administration.removeApplication("bank", "shop", OptionalLong.empty());
        await().atMost(PATIENCE).until(() -> !kept("bank").contains("restarts"));

        use(server());
        await().atMost(PATIENCE).until(() -> rules("retail").contains("SheraThreads"));
        await().atMost(PATIENCE).until(() -> rules("shera_ladder").isEmpty());
        await().atMost(PATIENCE).until(() -> thresholds(rule).contains("\"rules\":\"inForce\""));
    }

    @Test
    void aDaemonThatIsGoneOrANamespaceThatIsNotAloneLeavesNothingHalf(JenkinsRule rule) throws Exception {
        setUp(rule);
        use(served());
        await().atMost(PATIENCE).until(() -> kept("retail").contains("restarts"));
        await().atMost(PATIENCE).until(() -> thresholds(rule).contains("\"rules\":\"inForce\""));
        Application shop = new Application("retail", "shop");
        shop.setEnvironments(
                List.of(new Environment("dev", "east", "retail"), new Environment("test", "east", "retail")));
        Application bank = new Application("bank", "shop");
        bank.setEnvironments(List.of(new Environment("dev", "east", "bank")));
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setApplications(List.of(shop, bank));
        }
        await().atMost(PATIENCE).until(() -> !kept("retail").contains("restarts"));
        await().atMost(PATIENCE).until(() -> rules("retail").contains("\"test\""));
        await().atMost(PATIENCE).until(() -> thresholds(rule).contains("\"rules\":\"inForce\""));

        daemon.close();
        HttpResponse<String> refused = TwoTenants.post(rule, "operator", ALERTS + "set", SET);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("daemon of thresholds").doesNotContain(TOKEN);
        assertThat(thresholds(rule)).doesNotContain("\"metric\":\"threads\"");
    }

    @Test
    void settingsThatDoNotFitTogetherAreRefused(JenkinsRule rule) throws Exception {
        List<Consumer<PrometheusServer>> wrong = List.of(
                each -> each.setThresholdsUrl("http://monitoring.example.com:8442"),
                each -> each.setThresholdsUrl("ftp://127.0.0.1"),
                each -> each.setThresholdsCredentialsId(""),
                each -> each.setThresholdsJob("a\"b"),
                each -> each.setThresholdsCaCertificate("no pem"),
                each -> each.setRulesFolder(""));
        for (Consumer<PrometheusServer> each : wrong) {
            PrometheusServer bad = served();
            each.accept(bad);
            assertThatThrownBy(() -> use(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        PrometheusServer other = served();
        assertThatThrownBy(() -> use(served(), other)).hasMessageContaining("the same daemon");
        use(served());
        assertThat(new MonitoringConfiguration().getPrometheusServers())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.hasDaemon()).isTrue();
                    assertThat(each.getThresholdsJob()).isEqualTo("shera-thresholds");
                    assertThatThrownBy(each::daemon).hasMessageContaining("there is no credential push");
                });
        assertThat(new ThresholdDaemon(
                                URI.create(
                                        "http://127.0.0.1:" + daemon.address().getPort()),
                                null,
                                TOKEN)
                        .tenants())
                .isEmpty();
    }
}
