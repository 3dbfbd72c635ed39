package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.rules.ConfigMapRules;
import io.jenkins.plugins.shera.monitoring.rules.OperatorKind;
import io.jenkins.plugins.shera.monitoring.rules.RuleObject;
import io.jenkins.plugins.shera.monitoring.rules.RulesInCluster;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Thresholds of tenants in an object of a real cluster; {@link RulesInCluster} says what stands in for the kubelet. */
@Tag("cluster")
@Tag("slow")
@WithJenkins
class ClusterRulesServerTest {

    private static final String ALERTS = "shera/tenant/retail/application/shop/alerts/";
    private static final String THREADS =
            "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"warning\": \"300\", \"for\": \"0\"}]}";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private RulesInCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = RulesInCluster.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private PrometheusServer server() {
        PrometheusServer server =
                new PrometheusServer("main", cluster.prometheus().url().toString());
        server.setClusters("east");
        server.setObjectCluster("tools");
        server.setObjectNamespace(cluster.namespace());
        server.setObjectName("shera-rules");
        server.setPromtool(RealPrometheus.promtool().toString());
        return server;
    }

    private static void use(PrometheusServer server) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setPrometheusServers(List.of(server));
        }
    }

    /** The cluster where Prometheus runs is one of the platform, and watches another. */
    private void tools(JenkinsRule rule) throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "kube",
                                    "",
                                    "config",
                                    SecretBytes.fromBytes(cluster.kubeconfig().getBytes(StandardCharsets.UTF_8))));
            KubernetesCluster tools = new KubernetesCluster("tools");
            tools.setCredentialsId("kube");
            SheraConfiguration.get()
                    .setClusters(Stream.concat(SheraConfiguration.get().getClusters().stream(), Stream.of(tools))
                            .toList());
        }
    }

    @Test
    void thresholdsComeIntoForceByAConfigMapAndGoWithTheirTenant(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, cluster.prometheus());
        ConfigMapRules map = new ConfigMapRules(cluster.namespace(), "shera-rules");
        cluster.bring(map, false, RulesInCluster::ofConfigMap);
        use(server());
        HttpResponse<String> unknown = TwoTenants.post(rule, "operator", ALERTS + "set", THREADS);
        assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(422);
        assertThat(unknown.body()).contains("cluster tools, which the platform does not have");
        tools(rule);
        use(server());
        await().atMost(PATIENCE)
                .until(() ->
                        cluster.live(map).path("data").path("bank.yml").asText().contains("> 3"));

        HttpResponse<String> set = TwoTenants.post(rule, "operator", ALERTS + "set", THREADS);

        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(cluster.live(map).path("data").path("retail.yml").asText()).contains("SheraThreads");
        assertThat(TwoTenants.get(rule, "viewer", ALERTS + "thresholds?environment=dev")
                        .body())
                .contains("\"rules\":\"inForce\"");
        new Administration(SheraConfiguration.get()).removeApplication("bank", "shop", OptionalLong.empty());
        await().atMost(PATIENCE).until(() -> !cluster.live(map).path("data").has("bank.yml"));
        assertThat(cluster.live(map).path("data").has("retail.yml")).isTrue();
    }

    @Test
    void thresholdsComeIntoForceByAPrometheusRule(JenkinsRule rule) throws Exception {
        PrometheusServer server = server();
        server.setObjectKind("PrometheusRule");
        server.setObjectLabels("release=prometheus team=ops");
        RuleObject object = server.object();
        try (OperatorKind kind = new OperatorKind(cluster.api())) {
            TwoTenants.of(rule, cluster.prometheus());
            tools(rule);
            cluster.bring(object, true, OperatorKind::files);
            use(server);
            await().atMost(PATIENCE)
                    .until(() -> cluster.live(object).path("spec").toString().contains("shera-bank"));

            HttpResponse<String> set = TwoTenants.post(rule, "operator", ALERTS + "set", THREADS);

            assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
            assertThat(cluster.live(object).path("spec").toString()).contains("SheraThreads");
            assertThat(cluster.live(object).at("/metadata/labels/team").asText())
                    .isEqualTo("ops");
            assertThat(TwoTenants.get(rule, "viewer", ALERTS + "thresholds?environment=dev")
                            .body())
                    .contains("\"rules\":\"inForce\"");
        }
    }

    @Test
    void settingsThatDoNotFitTogetherAreRefused(JenkinsRule rule) {
        for (Consumer<PrometheusServer> other : List.<Consumer<PrometheusServer>>of(
                server -> server.setRulesFolder(folder.toString()), server -> server.setRulerNamespace("shera"))) {
            PrometheusServer both = server();
            other.accept(both);
            assertThatThrownBy(() -> use(both)).hasMessageContaining("more than one place for rules");
        }
        for (Consumer<PrometheusServer> bad : List.<Consumer<PrometheusServer>>of(
                server -> server.setObjectCluster(""),
                server -> server.setObjectNamespace(""),
                server -> server.setObjectName(""),
                server -> server.setObjectNamespace("a/b"),
                server -> server.setObjectNamespace("a.b"),
                server -> server.setObjectName("../secrets/x"),
                server -> server.setObjectName("Upper"))) {
            PrometheusServer wrong = server();
            bad.accept(wrong);
            assertThatThrownBy(() -> use(wrong)).hasMessageContaining("needs a cluster, a namespace and a name");
        }
        for (Consumer<PrometheusServer> bad : List.<Consumer<PrometheusServer>>of(
                server -> server.setObjectKind("Secret"),
                server -> server.setObjectLabels("release=prometheus"),
                server -> {
                    server.setObjectKind("PrometheusRule");
                    server.setObjectLabels("release");
                },
                server -> {
                    server.setObjectKind("PrometheusRule");
                    server.setObjectLabels("a=b c=<d>");
                })) {
            PrometheusServer wrong = server();
            bad.accept(wrong);
            assertThatThrownBy(() -> use(wrong)).hasMessageContaining("is a ConfigMap or a PrometheusRule; labels");
        }
        use(server());
        assertThat(new MonitoringConfiguration().getPrometheusServers())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getObjectCluster()).isEqualTo("tools");
                    assertThat(each.getObjectNamespace()).isEqualTo(cluster.namespace());
                    assertThat(each.getObjectName()).isEqualTo("shera-rules");
                    assertThat(each.hasRules()).isTrue();
                });
    }
}
