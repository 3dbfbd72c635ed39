package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Pause;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetMatch;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetWeight;
import io.jenkins.plugins.shera.deploy.traffic.InPlaceTraffic;
import io.jenkins.plugins.shera.deploy.traffic.ReplicasTraffic;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.Match;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Rollouts of a StatefulSet and of a DaemonSet in the cluster that KUBECONFIG names: their own pods are replaced. */
@Tag("cluster")
class RealInPlaceTest {

    private static final InPlaceTraffic ORDINALS = new InPlaceTraffic(InPlaceTraffic.STATEFUL_SET);
    private static final InPlaceTraffic NODES = new InPlaceTraffic(InPlaceTraffic.DAEMON_SET);
    private static final ReplicasTraffic PODS = new ReplicasTraffic();

    private TestCluster cluster;
    private RealRollout shop;

    @BeforeEach
    void open() throws Exception {
        cluster = TestCluster.open();
        shop = new RealRollout(cluster);
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Version by pod, or by node. */
    private Map<String, String> versions(boolean byNode) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        for (JsonNode pod : cluster.api().list(ResourceKind.POD, cluster.namespace(), "app=shop", "")) {
            String node = pod.path("spec").path("nodeName").asText();
            String name = pod.path("metadata").path("name").asText();
            versions.put(
                    byNode ? node.substring(node.lastIndexOf('-') + 1) : name.substring(name.lastIndexOf('-') + 1),
                    pod.path("spec")
                            .path("containers")
                            .path(0)
                            .path("env")
                            .path(0)
                            .path("value")
                            .asText());
        }
        return versions;
    }

    private Rollout beginOrdinals(String version, PlanStep... steps) throws Exception {
        return shop.begin(ORDINALS, shop.draft("partition", Map.of(), steps), version);
    }

    private static void hasNoTrace(JsonNode live) {
        assertThat(live.path("metadata").path("annotations").has(InPlace.SHARE)).isFalse();
        assertThat(live.path("metadata").path("annotations").has("shera.io/rollout-weight"))
                .isFalse();
        assertThat(live.path("metadata").path("annotations").has(NodePods.STRATEGY))
                .isFalse();
    }

    @Test
    @Execution(CONCURRENT)
    void aStatefulSetGoesOnFromTheHighestOrdinalAndBack() throws Exception {
        shop.deploySet();
        assertThatThrownBy(() -> shop.begin(PODS, "2", new SetWeight(34)))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("there is no Deployment shop but a StatefulSet")
                .hasMessageContaining("Choose the router partition.");
        assertThatThrownBy(() -> beginOrdinals("2", new SetMatch(new Match(Match.Kind.HEADER, "x", "y"))))
                .hasMessageContaining("Leave match out of the steps");
        assertThatThrownBy(() -> shop.begin(NODES, shop.draft("onDelete", Map.of(), new SetWeight(34)), "2"))
                .hasMessageContaining("Choose the router partition.");

        Rollout first = beginOrdinals("2", new SetWeight(20), new Pause(0), new SetWeight(100), new Pause(0));
        shop.drive(first, status -> status.waitsFor().equals("promote"));
        assertThat(versions(false)).isEqualTo(Map.of("0", "1", "1", "1", "2", "2"));
        assertThat(shop.lines).anyMatch(line -> line.contains("setWeight 20 is served (1 of 3 pods, 33 %)"));
        // The nodes' own proxies follow the EndpointSlices within a second or two.
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(shop.ask(shop.service(), 40, null, null))
                .containsOnlyKeys("1", "2"));

        // Another start of Jenkins goes on, and the one before is out.
        Rollout rollout = shop.resume(ORDINALS, "jenkins-2");
        assertThatThrownBy(() -> first.tick(1000)).hasMessageContaining("driven by another Jenkins");
        rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        // One stays until the promotion, or there would be no way back by the partition.
        assertThat(versions(false)).isEqualTo(Map.of("0", "1", "1", "2", "2", "2"));
        rollout.command(new Verb(Verb.Kind.SET_WEIGHT, "ann", 34));
        shop.drive(rollout, status -> status.isReached());
        assertThat(versions(false)).isEqualTo(Map.of("0", "1", "1", "1", "2", "2"));

        rollout.command(Verb.of(Verb.Kind.PROMOTE_FULL, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.HEALTHY);
        assertThat(versions(false).values()).containsOnly("2");
        hasNoTrace(shop.set());
        assertThat(OrdinalPods.partition(shop.set())).isZero();

        RolloutRecord record = new Starter(cluster.api(), shop.store(), PODS, "jenkins-1").undo(shop.draft(), "");
        Rollout undo = new Rollout(cluster.api(), shop.store(), ORDINALS, shop.measurer, "jenkins-1", record);
        shop.drive(undo, RolloutStatus::isOver);
        assertThat(undo.status().phase()).isEqualTo(Phase.HEALTHY);
        assertThat(versions(false).values()).containsOnly("1");
        assertThatThrownBy(() -> beginOrdinals("2", new SetWeight(34))).hasMessageContaining("stable is pinned");
    }

    @Test
    @Execution(CONCURRENT)
    void aBadPodOfAStatefulSetIsTakenBackAndAHandsUndoEndsTheRollout() throws Exception {
        shop.deploySet();
        shop.deadline = 90;
        JsonNode before = shop.set();
        Rollout broken = beginOrdinals("broken", new SetWeight(34), new Pause(0));
        shop.drive(broken, RolloutStatus::isOver);
        assertThat(broken.status().phase()).isEqualTo(Phase.ABORTED);
        assertThat(broken.status().reason()).contains("pod shop-2").contains("exit code 3");
        assertThat(versions(false)).isEqualTo(Map.of("0", "1", "1", "1", "2", "1"));
        assertThat(shop.set().path("status").path("readyReplicas").asInt()).isEqualTo(3);
        assertThat(shop.set().path("spec")).isEqualTo(before.path("spec"));
        hasNoTrace(shop.set());
        assertThat(new Evidence(cluster.api(), shop.subject)
                        .read()
                        .orElseThrow()
                        .toString())
                .contains("shop-2");

        Rollout undone = beginOrdinals("3", new SetWeight(34), new Pause(0));
        shop.drive(undone, status -> status.waitsFor().equals("promote"));
        cluster.api()
                .merge(
                        shop.ref(InPlaceTraffic.STATEFUL_SET, "shop"),
                        new ObjectMapper()
                                .readTree("{\"spec\": {\"template\": "
                                        + before.path("spec").path("template") + "}}"));
        shop.drive(undone, RolloutStatus::isOver);
        assertThat(undone.status().phase()).isEqualTo(Phase.ABORTED);
        assertThat(undone.status().reason()).contains("somebody gave the StatefulSet another pod template");
        assertThat(versions(false).values()).containsOnly("1");
        hasNoTrace(shop.set());
    }

    private JsonNode daemons() throws IOException {
        return cluster.api().get(shop.ref(InPlaceTraffic.DAEMON_SET, "shop").path());
    }

    private void deployDaemons(int nodes) throws Exception {
        shop.apply(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: shop, labels: {app: shop}}
                spec:
                  selector: {matchLabels: {app: shop}}
                  updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}
                  template:
                    metadata: {labels: {app: shop}}
                    spec:
                      terminationGracePeriodSeconds: 0
                      nodeSelector: {shera.io/played: NAMESPACE}
                      tolerations: [{key: shera.io/played, operator: Exists}]
                      containers:
                      - name: shop
                        image: localhost/busybox:1
                        env: [{name: VERSION, value: "1"}]
                        resources: {requests: {cpu: 5m}}
                """
                        .replace("NAMESPACE", cluster.namespace()));
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> daemons().path("status").path("numberReady").asInt() == nodes);
    }

    private Rollout beginNodes(String version, PlanStep... steps) throws Exception {
        return shop.begin(NODES, shop.draft("onDelete", Map.of("batch", "2"), steps), version);
    }

    @Test
    @Execution(CONCURRENT)
    void aDaemonSetIsReplacedBatchByBatchAndBack() throws Exception {
        try (PlayedNodes nodes = new PlayedNodes(cluster.api(), cluster.namespace(), 4)) {
            deployDaemons(4);
            JsonNode before = daemons().path("spec");
            assertThatThrownBy(() -> beginNodes("2", new SetWeight(50), new SetWeight(25)))
                    .hasMessageContaining("Let weights grow only");

            Rollout broken = beginNodes("broken", new SetWeight(25), new Pause(0));
            shop.drive(broken, RolloutStatus::isOver);
            assertThat(broken.status().phase()).isEqualTo(Phase.ABORTED);
            assertThat(broken.status().reason()).contains("exit code 3");
            assertThat(versions(true).values()).containsOnly("1");
            assertThat(daemons().path("spec")).isEqualTo(before);
            hasNoTrace(daemons());

            Rollout rollout = beginNodes("2", new SetWeight(50), new Pause(0), new SetWeight(75), new Pause(0));
            shop.drive(rollout, status -> status.waitsFor().equals("promote"));
            assertThat(versions(true).values()).containsExactlyInAnyOrder("1", "1", "2", "2");
            assertThat(daemons()
                            .path("spec")
                            .path("updateStrategy")
                            .path("type")
                            .asText())
                    .isEqualTo("OnDelete");
            assertThat(shop.lines).anyMatch(line -> line.contains("setWeight 50 is served (2 of 4 pods, 50 %)"));
            assertThatThrownBy(() -> rollout.command(new Verb(Verb.Kind.SET_WEIGHT, "ann", 20)))
                    .isInstanceOf(VerbException.class)
                    .hasMessageContaining("do not go back one by one");
            rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
            shop.drive(rollout, status -> status.waitsFor().equals("promote") && status.step() == 3);
            assertThat(versions(true).values()).containsExactlyInAnyOrder("1", "2", "2", "2");
            rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
            shop.drive(rollout, RolloutStatus::isOver);
            assertThat(versions(true).values()).containsOnly("2");
            assertThat(daemons().path("spec").path("updateStrategy")).isEqualTo(before.path("updateStrategy"));
            hasNoTrace(daemons());
        }
    }
}
