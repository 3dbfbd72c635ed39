package io.jenkins.plugins.shera.monitoring.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.monitoring.agent.http.TestCertificate;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.cluster.MachineJava;
import io.jenkins.plugins.shera.monitoring.cluster.TestNamespace;
import io.jenkins.plugins.shera.monitoring.cluster.ThreadLeak;
import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Level;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.ProcessSeries;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifest deploy/processes.yaml on a real cluster, as it stands but for namespace and image: it counts the threads that a program in
 * a real container leaks, a real Prometheus finds them beyond a limit, and a real Alertmanager tells a web hook.
 */
@Tag("cluster")
@Tag("slow")
class RealProcessesTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String POD = "shop-1a-b2";
    private static final AlertRule.Owner OWNER = new AlertRule.Owner("retail", "shop", "dev");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double LIMIT = 120;

    @TempDir
    Path folder;

    private void leaking(TestNamespace cluster) throws Exception {
        ObjectNode pod = (ObjectNode) new ObjectMapper()
                .readTree("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + POD + "\"},\"spec\":{"
                        + "\"terminationGracePeriodSeconds\":0,\"automountServiceAccountToken\":false,\"containers\":["
                        + "{\"name\":\"shop\",\"imagePullPolicy\":\"IfNotPresent\",\"volumeMounts\":[{\"name\":\"tmp\","
                        + "\"mountPath\":\"/tmp\"}]}],\"volumes\":[{\"name\":\"tmp\",\"emptyDir\":{}}]}}");
        MachineJava.into((ObjectNode) pod.path("spec"), ThreadLeak.class, List.of());
        cluster.apply(pod.toString());
    }

    private void exporters(TestNamespace cluster, TestCertificate certificate) throws Exception {
        cluster.secret(
                "shera-processes", "kubernetes.io/tls", "tls.crt", certificate.chain(), "tls.key", certificate.key());
        cluster.secret("shera-processes-token", "Opaque", "token", TOKEN);
        String text = Files.readString(Path.of("deploy/processes.yaml"))
                .replace("namespace: shera", "namespace: " + cluster.name());
        for (Manifest manifest : Manifests.read(text, "processes.yaml")) {
            ObjectNode object = manifest.content().deepCopy();
            if (object.path("kind").asText().equals("DaemonSet")) {
                MachineJava.into(
                        (ObjectNode) object.at("/spec/template/spec"),
                        Main.class,
                        List.of("/etc/shera-monitoring/agent.properties"));
            }
            cluster.apply(object.toString());
        }
    }

    private RealPrometheus scraping(String address, TestCertificate certificate, RealAlertmanager alertmanager)
            throws Exception {
        Path authority = Files.writeString(folder.resolve("ca.pem"), certificate.chain());
        Path token = Files.writeString(folder.resolve("scrape-token"), TOKEN);
        return RealPrometheus.startWith(
                Files.createDirectories(folder.resolve("prom")),
                "127.0.0.1:" + alertmanager.url().getPort(),
                """
                  - job_name: shera-processes
                    honor_labels: true
                    scheme: https
                    tls_config: {ca_file: "%s", server_name: localhost}
                    authorization: {credentials_file: "%s"}
                    static_configs: [{targets: ["%s:8443"]}]
                """
                        .formatted(authority, token, address));
    }

    private static double value(RealPrometheus prometheus, Expr expr) throws Exception {
        List<Series> found = prometheus.client().now(expr);
        return found.isEmpty() ? -1 : found.get(0).samples().get(0).value();
    }

    private static Optional<Measure> found(RealPrometheus prometheus, Metric metric, String namespace) {
        try {
            return Probe.of(prometheus.client(), namespace).choose(metric.measures());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean told(RealAlertmanager alertmanager, String status, String... words) {
        return alertmanager.told().stream()
                .anyMatch(each -> each.contains("\"status\":\"" + status + "\"")
                        && List.of(words).stream().allMatch(each::contains));
    }

    @Test
    void threadsThatARealContainerLeaksAreCountedInProcAndARealHookIsTold() throws Exception {
        try (TestNamespace cluster = TestNamespace.make("processes");
                RealAlertmanager alertmanager = RealAlertmanager.start(folder.resolve("am"))) {
            TestCertificate certificate = TestCertificate.make(folder.resolve("tls"), "127.0.0.2");
            leaking(cluster);
            exporters(cluster, certificate);
            cluster.ready(POD);
            String address = cluster.readyWith("app.kubernetes.io/name=shera-processes")
                    .at("/status/podIP")
                    .asText();
            try (RealPrometheus prometheus = scraping(address, certificate, alertmanager)) {
                leak(cluster, alertmanager, prometheus);
            }
        }
    }

    private static void leak(TestNamespace cluster, RealAlertmanager alertmanager, RealPrometheus prometheus)
            throws Exception {
        for (Metric each : List.of(Metric.THREADS, Metric.SOCKETS, Metric.FILES)) {
            await().atMost(PATIENCE)
                    .until(() -> found(prometheus, each, cluster.name()).isPresent());
            assertThat(found(prometheus, each, cluster.name()).orElseThrow().series())
                    .startsWith("shera_container_");
        }
        Measure threads = found(prometheus, Metric.THREADS, cluster.name()).orElseThrow();
        Subject shop = Subject.of(cluster.name(), "shop");
        assertThat(value(prometheus, threads.of(shop)))
                .as("those of an idle Java")
                .isBetween(5.0, LIMIT / 2);
        assertThat(value(prometheus, Expr.series(ProcessSeries.UNREADABLE)))
                .as("the capabilities of the manifest are enough for every container")
                .isZero();

        Threshold threshold = new Threshold("threads", LIMIT, null, Duration.ZERO, false, false);
        new PrometheusRules(prometheus.rules(), RealPrometheus.promtool(), prometheus.client())
                .push(new RuleFile(
                        "retail",
                        RuleFile.rulesOf(
                                OWNER,
                                cluster.name(),
                                List.of(new Effective(threshold, Level.APPLICATION, List.of())),
                                any -> threads)));
        assertThat(prometheus.client().alerts()).isEmpty();
        assertThat(alertmanager.told()).isEmpty();

        cluster.shell(POD, "shop", "touch " + ThreadLeak.BEGIN);
        await().atMost(PATIENCE)
                .until(() -> told(alertmanager, "firing", "shop (dev): threads is", "above 120", "Pod " + POD));
        await().atMost(PATIENCE).until(() -> value(prometheus, threads.of(shop)) >= 200);

        cluster.deletePod(POD);
        await().atMost(PATIENCE).until(() -> told(alertmanager, "resolved", POD));
    }
}
