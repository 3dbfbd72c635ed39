package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.analysis.AnalysisSpec;
import io.jenkins.plugins.shera.deploy.analysis.Bounds;
import io.jenkins.plugins.shera.deploy.analysis.Sample;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Analyse;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Pause;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetMatch;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetWeight;
import io.jenkins.plugins.shera.deploy.traffic.GatewayTraffic;
import io.jenkins.plugins.shera.deploy.traffic.ReplicasTraffic;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.Match;
import io.jenkins.plugins.shera.platform.traffic.StaleGenerationException;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Whole rollouts in the cluster that KUBECONFIG names; shares are counted from real requests. */
@Tag("cluster")
class RealRolloutTest {

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

    private String route(String host) throws Exception {
        boolean there = true;
        try {
            cluster.api().get("/apis/gateway.networking.k8s.io/v1");
        } catch (java.io.IOException e) {
            there = false;
        }
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("the cluster has a Gateway API").isTrue();
        }
        org.junit.jupiter.api.Assumptions.assumeTrue(there, "the cluster has no Gateway API");
        shop.apply(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: shop}
                spec:
                  parentRefs: [{name: realkube, namespace: gateway}]
                  hostnames: [%s]
                  rules:
                  - matches: [{path: {type: PathPrefix, value: /}}]
                    backendRefs: [{name: shop, port: 8080}]
                """
                        .formatted(host));
        return "http://10.200.0.2:8000/";
    }

    @Test
    @Execution(CONCURRENT)
    void replicasShareByPodsAndPromoteWithStableNeverBelowFull() throws Exception {
        shop.deploy(3);
        JsonNode before = shop.stable().path("spec");
        Rollout rollout = shop.begin(PODS, "2", new SetWeight(25), new Pause(0), new SetWeight(50));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        assertThat(shop.canary().orElseThrow().path("spec").path("replicas").asInt())
                .isEqualTo(1);
        assertThat(shop.stable().path("spec")).isEqualTo(before);
        // The nodes' own proxies follow the EndpointSlices within a second or two.
        await().atMost(Duration.ofSeconds(15))
                .until(() -> shop.ask(shop.service(), 20, null, null).containsKey("2"));
        Map<String, Integer> answers = shop.ask(shop.service(), 120, null, null);
        assertThat(answers.keySet()).containsExactlyInAnyOrder("1", "2");
        assertThat(answers.get("2")).isBetween(12, 54);
        assertThat(shop.lines).anyMatch(line -> line.contains("setWeight 25 is served (1 of 4 pods, 25 %)"));

        rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.HEALTHY);
        assertThat(shop.canary()).isEmpty();
        shop.onlyAnswers(shop.service(), "2", null, null);
        JsonNode service =
                cluster.api().get(shop.ref(ResourceKind.SERVICE, "shop").path());
        assertThat(service.path("spec").path("selector").path("shera.io/track").asText())
                .isEqualTo("stable");
        assertThat(shop.stable().path("spec").path("replicas").asInt()).isEqualTo(3);

        // What was applied by the rollout stays ours: the next ordinary deployment meets no conflict.
        shop.deploy(2);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> shop.stable().path("spec").path("replicas").asInt() == 2);

        Rollout undo = undo("");
        shop.drive(undo, RolloutStatus::isOver);
        shop.onlyAnswers(shop.service(), "2", null, null);
        assertThatThrownBy(() -> shop.begin(PODS, "1", new SetWeight(30), new Pause(0)))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("this very release was undone before by ann, and stable is pinned");
    }

    private Rollout undo(String revision) throws Exception {
        RolloutRecord record = new Starter(cluster.api(), shop.store(), PODS, "jenkins-1").undo(shop.draft(), revision);
        return new Rollout(cluster.api(), shop.store(), PODS, shop.measurer, "jenkins-1", record);
    }

    @Test
    @Execution(CONCURRENT)
    void aBadCanaryGoesBackByItselfAndItsLastWordsAreKept() throws Exception {
        shop.deploy(2);
        shop.deadline = 90;
        Rollout rollout = shop.begin(PODS, "broken", new SetWeight(30), new Pause(0));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.ABORTED);
        assertThat(rollout.status().reason()).contains("ended with exit code 3");
        assertThat(shop.canary()).isEmpty();
        assertThat(shop.stable().path("status").path("availableReplicas").asInt())
                .isEqualTo(2);
        assertThat(new Evidence(cluster.api(), shop.subject)
                        .read()
                        .orElseThrow()
                        .toString())
                .contains("BackOff");
        assertThatThrownBy(() -> shop.begin(PODS, "broken", new SetWeight(30)))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("stable is pinned");
        assertThatThrownBy(() -> shop.begin(PODS, "1", new SetWeight(30))).hasMessageContaining("stable already runs");
    }

    @Test
    @Execution(CONCURRENT)
    void killedBetweenWeightAndSaveItReplaysWithoutHarmAndFencesTheOldDriver() throws Exception {
        shop.deploy(2);
        String url = route("replay." + cluster.namespace());
        GatewayTraffic gateway = new GatewayTraffic("", 3, 1);
        KilledAfterApply killed = new KilledAfterApply(gateway);
        Rollout first = shop.begin(killed, "2", new SetWeight(40), new Pause(0), new SetWeight(80), new Pause(0));
        assertThatThrownBy(() -> shop.drive(first, RolloutStatus::isReached)).hasMessageContaining("killed");

        Rollout second = shop.resume(gateway, "jenkins-2");
        shop.drive(second, status -> status.waitsFor().equals("promote"));
        assertThat(share(url, 100)).isBetween(25, 55);
        assertThatThrownBy(() -> first.tick(1000))
                .isInstanceOfSatisfying(
                        RolloutException.class, e -> assertThat(e.isFenced()).isTrue());
        TrafficTarget old = new TrafficTarget(
                "retail",
                "shop",
                "prod",
                "real",
                cluster.namespace(),
                "shop",
                "shop-canary",
                8080,
                "r",
                1,
                cluster.api());
        assertThatThrownBy(() -> gateway.apply(old, Traffic.of(100))).isInstanceOf(StaleGenerationException.class);

        second.command(Verb.of(Verb.Kind.PROMOTE_FULL, "ann"));
        shop.drive(second, RolloutStatus::isBegun);
        second.tick(1000);
        Rollout third = shop.resume(gateway, "jenkins-3");
        third.command(Verb.of(Verb.Kind.ABORT, "ann"));
        shop.drive(third, RolloutStatus::isOver);
        assertThat(third.status().phase()).isEqualTo(Phase.ROLLED_BACK);
        shop.onlyAnswers(url, "1", "Host", "replay." + cluster.namespace());
        assertThat(third.plan().before()).isEqualTo(shop.stable().path("spec").path("template"));
        third.command(Verb.of(Verb.Kind.ABORT, "ann"));
        assertThat(third.status().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    private int share(String url, int requests) throws Exception {
        String host = "replay." + cluster.namespace();
        Map<String, Integer> answers = shop.ask(url, requests, "Host", host);
        assertThat(answers.keySet()).isSubsetOf("1", "2");
        return answers.getOrDefault("2", 0);
    }

    @Test
    @Execution(CONCURRENT)
    void aGatewaySplitsRequestsAndMatchesHeadersAndAnAnalysisDecides() throws Exception {
        shop.deploy(2);
        String host = "shop." + cluster.namespace();
        String url = route(host);
        AnalysisSpec spec = new AnalysisSpec(
                AnalysisSpec.Kind.METRIC, "errorRate", "", new Bounds(null, 1.0, null, null), false, 1, 2, 60, 0, 0, 0);
        shop.measurer = (what, run) -> Optional.of(new Sample(50.0, null, Instant.now()));
        Rollout rollout = shop.begin(
                new GatewayTraffic("", 3, 1),
                "2",
                new SetMatch(new Match(Match.Kind.HEADER, "x-canary", "always")),
                new Pause(0),
                new SetWeight(30),
                new Pause(0),
                new Analyse(spec));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        shop.onlyAnswers(url, "1", "Host", host);
        assertThat(withHeader(url, host)).isEqualTo("2");
        rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
        shop.drive(rollout, status -> status.step() == 3 && status.waitsFor().equals("promote"));
        assertThat(shop.ask(url, 200, "Host", host).get("2")).isBetween(40, 80);
        rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.ABORTED);
        assertThat(rollout.status().reason()).contains("errorRate is Failed");
        shop.onlyAnswers(url, "1", "Host", host);
        assertThat(withHeader(url, host)).isEqualTo("1");
    }

    private static String withHeader(String url, String host) throws Exception {
        return RealRollout.get(url, "x-canary", "always", "Host", host);
    }

    @Test
    @Execution(CONCURRENT)
    void handsOnTheObjectsInMidRolloutNeverLeaveTrafficAtACanaryThatIsGone() throws Exception {
        shop.deploy(2);
        Rollout rollout = shop.begin(PODS, "2", new SetWeight(40), new Pause(0));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        JsonNode record = cluster.api().get("/api/v1/namespaces/" + cluster.namespace() + "/configmaps/shop-rollout");
        ObjectNode forged = record.deepCopy();
        forged.withObject("/data")
                .put("status", record.path("data").path("status").asText().replace("\"Paused\"", "\"Promoting\""));
        cluster.api()
                .replace(
                        shop.store()
                                .load()
                                .map(x -> shop.ref(
                                        new ResourceKind("v1", "ConfigMap", "configmaps", true), "shop-rollout"))
                                .orElseThrow(),
                        forged);
        assertThat(shop.store().load().orElseThrow().trusted()).isFalse();
        assertThat(rollout.tick(1000)).anyMatch(line -> line.contains("edited by somebody; it was put back"));
        assertThat(rollout.status().phase()).isEqualTo(Phase.PAUSED);

        cluster.api()
                .delete(
                        shop.ref(ResourceKind.DEPLOYMENT, "shop-canary"),
                        shop.canary().orElseThrow().path("metadata").path("uid").asText());
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().reason()).contains("deleted by somebody else");
        shop.onlyAnswers(shop.service(), "1", null, null);
    }

    /** What splits traffic is away for some rounds, on demand: nothing moves, no time counts, and then it goes on. */
    @Test
    @Execution(CONCURRENT)
    void countsNoTimeAndMovesNothingWhileTheSourceOfTruthDoesNotAnswer() throws Exception {
        shop.deploy(1);
        AwayRouter router = new AwayRouter(PODS);
        Rollout rollout = shop.begin(router, "2", new SetWeight(50), new Pause(5), new SetWeight(50), new Pause(0));
        shop.drive(rollout, status -> status.step() == 1 && status.isReached());
        router.away = true;
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> rollout.tick(1000)).hasMessage("away");
        }
        assertThat(rollout.status().step()).isEqualTo(1);
        assertThat(rollout.status().passed()).isLessThan(5000);
        router.away = false;
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        router.away = true;
        rollout.command(Verb.of(Verb.Kind.ABORT, "ann"));
        assertThatThrownBy(() -> rollout.tick(1000)).hasMessage("away");
        assertThat(shop.canary()).isPresent();
        router.away = false;
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.ABORTED);
    }

    @Test
    @Execution(CONCURRENT)
    void anAutoscalerStandsStillMeanwhileAndGetsItsBoundsBack() throws Exception {
        shop.deploy(-1);
        shop.apply(
                """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: shop}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
                  minReplicas: 2
                  maxReplicas: 5
                  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 90}}}]
                """);
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        shop.stable().path("status").path("availableReplicas").asInt() >= 2);
        Rollout rollout = shop.begin(PODS, "2", new SetWeight(30), new Pause(0));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        JsonNode held = scaler();
        assertThat(held.path("minReplicas").asInt())
                .isEqualTo(held.path("maxReplicas").asInt());
        Rollout next = shop.resume(PODS, "jenkins-2");
        next.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
        shop.drive(next, RolloutStatus::isOver);
        assertThat(next.status().phase()).isEqualTo(Phase.HEALTHY);
        assertThat(scaler().path("minReplicas").asInt()).isEqualTo(2);
        assertThat(scaler().path("maxReplicas").asInt()).isEqualTo(5);
        assertThat(shop.stable().path("spec").path("replicas").asInt()).isGreaterThanOrEqualTo(2);
    }

    private JsonNode scaler() throws Exception {
        return cluster.api()
                .get("/apis/autoscaling/v2/namespaces/" + cluster.namespace() + "/horizontalpodautoscalers/shop")
                .path("spec");
    }

    @Test
    @Execution(CONCURRENT)
    void aKubectlUndoInMidCanaryBringsNoDeadPlanBack() throws Exception {
        shop.deploy(1);
        Rollout done = shop.begin(PODS, "2", new SetWeight(50));
        shop.drive(done, RolloutStatus::isOver);
        Rollout rollout = shop.begin(PODS, "3", new SetWeight(50), new Pause(0));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        // What kubectl rollout undo does: the template and the annotations of the ReplicaSet before.
        JsonNode first = new ObjectMapper().readTree(done.plan().before().toString());
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("spec").set("template", first);
        change.withObject("/metadata/annotations").putNull("shera.io/rollout").putNull("shera.io/rollout-generation");
        cluster.api().merge(shop.ref(ResourceKind.DEPLOYMENT, "shop"), change);
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.ABORTED);
        assertThat(rollout.status().reason()).contains("changed by somebody else");
        shop.onlyAnswers(shop.service(), "1", null, null);
        assertThat(rollout.tick(1000)).isEmpty();
    }
}
