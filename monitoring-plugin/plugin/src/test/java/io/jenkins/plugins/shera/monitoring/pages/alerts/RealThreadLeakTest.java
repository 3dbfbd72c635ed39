package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.monitoring.RetailInCluster;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.cluster.MachineJava;
import io.jenkins.plugins.shera.monitoring.cluster.TestNamespace;
import io.jenkins.plugins.shera.monitoring.cluster.ThreadLeak;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A person sets a limit; a program in a real container leaks threads; the kubelet's own cAdvisor counts them, a real Prometheus fires, and
 * a real Alertmanager tells the tenant's web hook.
 */
@Tag("cluster")
@Tag("slow")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class RealThreadLeakTest {

    private static final String ALERTS = "shera/tenant/retail/application/shop/alerts/";
    private static final String POD = "shop-1a-b2";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private static void leaking(TestNamespace cluster) throws Exception {
        ObjectNode pod = (ObjectNode) new ObjectMapper()
                .readTree("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + POD + "\"},\"spec\":{"
                        + "\"terminationGracePeriodSeconds\":0,\"automountServiceAccountToken\":false,\"containers\":["
                        + "{\"name\":\"shop\",\"imagePullPolicy\":\"IfNotPresent\"}]}}");
        MachineJava.into((ObjectNode) pod.path("spec"), ThreadLeak.class, List.of());
        cluster.apply(pod.toString());
    }

    /** A Prometheus that reads cAdvisor of the node through the API server. */
    private RealPrometheus scraping(TestNamespace cluster, RealAlertmanager alertmanager) throws Exception {
        String node = cluster.client()
                .api()
                .list(new ResourceKind("v1", "Node", "nodes", false), "", "", "")
                .get(0)
                .at("/metadata/name")
                .asText();
        URI server = URI.create(cluster.server());
        return RealPrometheus.startWith(
                Files.createDirectories(folder.resolve("prom")),
                "127.0.0.1:" + alertmanager.url().getPort(),
                """
                  - job_name: cadvisor
                    scheme: https
                    scrape_interval: 5s
                    metrics_path: /api/v1/nodes/%s/proxy/metrics/cadvisor
                    tls_config: {ca_file: "%s", cert_file: "%s", key_file: "%s"}
                    static_configs: [{targets: ["%s"]}]
                """
                        .formatted(
                                node,
                                Files.writeString(folder.resolve("ca.pem"), cluster.authority()),
                                Files.writeString(folder.resolve("client.pem"), cluster.data("client-certificate")),
                                Files.writeString(folder.resolve("client.key"), cluster.data("client-key")),
                                server.getAuthority()));
    }

    private String post(JenkinsRule rule, String path, String body) throws Exception {
        HttpResponse<String> answer = TwoTenants.post(rule, "operator", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void aLimitThatAPersonSetsIsToldOfWhenARealContainerLeaksThreads(JenkinsRule rule, Page page) throws Exception {
        try (TestNamespace cluster = TestNamespace.make("leak");
                RealAlertmanager alertmanager = RealAlertmanager.start(folder.resolve("am"));
                RealPrometheus prometheus = scraping(cluster, alertmanager)) {
            leaking(cluster);
            cluster.ready(POD);
            TwoTenants.of(rule, prometheus);
            TwoTenants.alertmanager(alertmanager);
            RetailInCluster.move(
                    rule,
                    cluster,
                    cluster.tokenFor("reader", "[{apiGroups: [''], resources: [pods], verbs: [get, list]}]"));
            post(
                    rule,
                    "shera/tenant/retail/notices/set",
                    "{\"receivers\": [{\"name\": \"ops\", \"kind\": \"webhook\", \"url\": \"" + alertmanager.hook()
                            + "/retail\"}], \"routes\": [{\"receiver\": \"ops\", \"application\": \"shop\"}]}");
            await().atMost(PATIENCE).until(() -> measured(prometheus, cluster.name()));
            post(
                    rule,
                    ALERTS + "set",
                    "{\"thresholds\": [{\"metric\": \"threads\", \"warning\": \"120\", \"for\": \"0\"}]}");
            assertThat(TwoTenants.get(rule, "viewer", ALERTS + "thresholds?environment=dev")
                            .body())
                    .contains("cAdvisor")
                    .contains("\"rules\":\"inForce\"");
            assertThat(TwoTenants.get(rule, "viewer", ALERTS + "active").body()).contains("\"alerts\":[]");

            cluster.shell(POD, "shop", "touch " + ThreadLeak.BEGIN);
            await().atMost(PATIENCE).until(() -> alertmanager.told().stream()
                    .anyMatch(each -> each.startsWith("/retail ")
                            && each.contains("\"status\":\"firing\"")
                            && each.contains("shop (dev): threads is")
                            && each.contains("Pod " + POD)));
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "viewer", "viewer");
            page.open(rule.getURL() + ALERTS).see("#shera-page td", POD).photograph("alerts-real-leak");
            page.assertClean();
        }
    }

    private static boolean measured(RealPrometheus prometheus, String namespace) throws Exception {
        return !prometheus
                .client()
                .now(Expr.series(
                        "container_threads", Matcher.equal("namespace", namespace), Matcher.equal("container", "shop")))
                .isEmpty();
    }
}
