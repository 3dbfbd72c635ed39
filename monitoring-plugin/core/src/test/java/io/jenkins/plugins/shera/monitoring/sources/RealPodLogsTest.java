package io.jenkins.plugins.shera.monitoring.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two pods of the cluster that KUBECONFIG names, read through its API. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPodLogsTest {

    private final String namespace =
            "shera-monitoring-" + UUID.randomUUID().toString().substring(0, 8);
    private ClusterClient client;
    private KubernetesLogs logs;
    private List<ContainerLog> pods;

    @BeforeAll
    void start() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if (!there && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1, but KUBECONFIG names no readable file");
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        client =
                ClusterClient.open(Kubeconfig.parse(Files.readString(Path.of(file)), null, false), TimeLimits.STANDARD);
        String script = "i=0; while [ $i -lt 20 ]; do echo \"line $i\"; i=$((i+1)); sleep 0.1; done; "
                + "while true; do echo more; sleep 0.2; done";
        List<Manifest> manifests = new ArrayList<>(
                Manifests.read("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}", "namespace"));
        manifests.addAll(Manifests.read(
                        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: shop}, spec: {replicas: 2, selector: {matchLabels:"
                                + " {app.kubernetes.io/name: shop}}, template: {metadata: {labels: {app.kubernetes.io/name: shop}}, spec:"
                                + " {terminationGracePeriodSeconds: 0, containers: [{name: shop, image: 'localhost/busybox:1', imagePullPolicy:"
                                + " IfNotPresent, command: [sh, -c, '" + script + "']}]}}}}",
                        "shop")
                .stream()
                .map(manifest -> manifest.in(namespace))
                .toList());
        Applier applier = new Applier(client.api(), new Kinds(client.api()));
        applier.apply(manifests.subList(0, 1));
        applier.apply(manifests.subList(1, 2));
        logs = new KubernetesLogs(client.api());
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> logs.containers(namespace, "shop").stream()
                                .filter(each -> each.state().equals("running"))
                                .count()
                        == 2);
        pods = logs.containers(namespace, "shop").stream()
                .map(each -> new ContainerLog(namespace, each.pod(), each.container()))
                .toList();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> read(Window.of(null, null)).stream()
                                .filter(line -> line.text().equals("line 19"))
                                .count()
                        == 2);
    }

    @AfterAll
    void stop() throws Exception {
        if (client != null) {
            ObjectRef ref = new ObjectRef(new Kinds(client.api()).find("v1", "Namespace"), "", namespace);
            client.api()
                    .delete(
                            ref,
                            client.api()
                                    .get(ref.path())
                                    .path("metadata")
                                    .path("uid")
                                    .asText());
            client.close();
        }
    }

    private List<LogLine> read(Window window) throws Exception {
        List<LogLine> lines = new ArrayList<>();
        try (MergedLog merged = MergedLog.open(logs, pods, new LogQuery(window, -1, false, false))) {
            for (LogLine line = merged.next(); line != null; line = merged.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    @Test
    void givesARangeOfSeveralPodsInOneOrder() throws Exception {
        List<LogLine> all = read(Window.of(null, null));
        // Which pod was first the cluster decides.
        long since = Math.min(stamp(all, 0, "line 5"), stamp(all, 1, "line 5"));
        long until = Math.max(stamp(all, 0, "line 9"), stamp(all, 1, "line 9"));

        List<LogLine> range = read(Window.of(Stamps.instant(since), Stamps.instant(until)));

        assertThat(range)
                .isEqualTo(all.stream()
                        .filter(line -> line.stamp() >= since && line.stamp() <= until)
                        .toList());
        assertThat(range).isSortedAccordingTo(java.util.Comparator.comparingLong(LogLine::stamp));
    }

    private long stamp(List<LogLine> lines, int pod, String text) {
        return lines.stream()
                .filter(line -> line.log().equals(pods.get(pod)) && line.text().equals(text))
                .findFirst()
                .orElseThrow()
                .stamp();
    }

    @Test
    void followsBothAndEndsWhenItIsClosed() throws Exception {
        LogQuery query = new LogQuery(Window.of(null, null), 2, true, false);
        List<LogStream> streams = new ArrayList<>();
        for (ContainerLog pod : pods) {
            streams.add(logs.open(pod, query));
        }
        LiveLog live = new LiveLog(streams);
        List<ContainerLog> seen = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            LogLine line = live.poll(10_000);
            assertThat(line).isNotNull();
            seen.add(line.log());
        }

        live.close();

        assertThat(seen).containsAll(pods);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            live.poll(10);
            return live.isOver();
        });
    }

    @Test
    void saysWhatIsWrongWithAPodThatIsNotThere() {
        assertThatThrownBy(() -> logs.open(
                        new ContainerLog(namespace, "absent", "shop"),
                        new LogQuery(Window.of(null, null), -1, false, false)))
                .isInstanceOfSatisfying(
                        KubeException.class, e -> assertThat(e.kind()).isEqualTo(KubeException.Kind.NOT_FOUND))
                .hasMessageContaining("\"absent\" not found");
    }
}
