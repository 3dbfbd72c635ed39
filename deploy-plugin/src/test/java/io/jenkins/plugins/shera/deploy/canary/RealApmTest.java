package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.apm.TestAgents;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Pause;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetWeight;
import io.jenkins.plugins.shera.deploy.traffic.ReplicasTraffic;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** The APM switch in the cluster that KUBECONFIG names; the agent is a file of the image there. */
@Tag("cluster")
class RealApmTest {

    private static final ReplicasTraffic PODS = new ReplicasTraffic();

    private final TestAgents agents = new TestAgents();
    private TestCluster cluster;
    private RealRollout shop;

    @BeforeEach
    void open() throws Exception {
        cluster = TestCluster.open();
        shop = new RealRollout(cluster);
        shop.deploy(2);
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private Starter starter() {
        return new Starter(cluster.api(), shop.store(), PODS, "jenkins-1", agents);
    }

    private Optional<RolloutRecord> order(ApmMode mode) throws Exception {
        return starter().apm(shop.draft(), new ApmOrder(mode, ""), shop.lines::add);
    }

    private void drive(RolloutRecord record) throws Exception {
        Rollout rollout = new Rollout(cluster.api(), shop.store(), PODS, shop.measurer, "jenkins-1", record);
        shop.drive(rollout, status -> status.isOver() || status.phase() == Phase.DEGRADED);
        assertThat(rollout.status().phase()).as("%s", shop.lines).isEqualTo(Phase.HEALTHY);
    }

    private void switchTo(ApmMode mode) throws Exception {
        drive(order(mode).orElseThrow());
    }

    private JsonNode template() throws Exception {
        return shop.stable().path("spec").path("template");
    }

    private ApmState state() throws Exception {
        return ApmState.of(shop.stable());
    }

    /** Pods that serve, by the side they belong to. */
    private List<JsonNode> pods(String track) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode pod : cluster.api().list(ResourceKind.POD, cluster.namespace(), "shera.io/track=" + track, "")) {
            if (!pod.path("metadata").has("deletionTimestamp")) {
                found.add(pod);
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static boolean carries(JsonNode pod) {
        JsonNode status = pod.path("status").path("initContainerStatuses").path(0);
        return pod.path("spec").path("volumes").toString().contains("shera-apm")
                && pod.path("spec").path("containers").toString().contains("-javaagent:/shera-apm/busybox")
                && status.path("state")
                        .path("terminated")
                        .path("reason")
                        .asText()
                        .equals("Completed");
    }

    @Test
    @Execution(CONCURRENT)
    void onReplacesEveryPodAndOffTakesEverythingAway() throws Exception {
        JsonNode before = template();
        ApmPlan plan = new ApmSwitch(cluster.api(), shop.subject, agents).plan(new ApmOrder(ApmMode.ON, ""));
        assertThat(plan.restarts()).isEqualTo(2);
        assertThat(plan.lines()).anyMatch(line -> line.contains("JAVA_TOOL_OPTIONS"));
        assertThat(template()).as("a plan changes nothing").isEqualTo(before);

        switchTo(ApmMode.ON);
        assertThat(state()).hasToString("on (pinpoint)");
        assertThat(pods("stable")).hasSize(2).allMatch(RealApmTest::carries);
        assertThat(shop.lines).contains("Released APM on (pinpoint) with localhost/busybox:1");
        assertThat(order(ApmMode.ON)).as("it is on").isEmpty();

        drive(starter()
                .begin(
                        shop.draft(),
                        RealRollout.IMAGE,
                        Map.of("VERSION", "2"),
                        io.jenkins.plugins.shera.deploy.pod.PodSettings.NONE));
        assertThat(state()).as("a release keeps it").hasToString("on (pinpoint)");
        shop.onlyAnswers(shop.service(), "2", null, null);

        drive(starter().undo(shop.draft(), ""));
        assertThat(pods("stable")).allMatch(RealApmTest::carries);
        switchTo(ApmMode.OFF);
        assertThat(template()).isEqualTo(before);
        assertThat(pods("stable")).noneMatch(RealApmTest::carries);
        switchTo(ApmMode.ON);
        drive(starter().undo(shop.draft(), ""));
        assertThat(template()).as("undo of the switch").isEqualTo(before);
    }

    @Test
    @Execution(CONCURRENT)
    void canaryOnlyIsOnCanaryPodsOnly() throws Exception {
        JsonNode before = template();
        assertThat(order(ApmMode.CANARY)).as("no pod is replaced").isEmpty();
        assertThat(state()).hasToString("canary (pinpoint)");
        assertThat(template()).isEqualTo(before);

        RolloutRecord record = starter()
                .begin(
                        shop.draft(new SetWeight(30), new Pause(0)),
                        RealRollout.IMAGE,
                        Map.of("VERSION", "2"),
                        io.jenkins.plugins.shera.deploy.pod.PodSettings.NONE);
        Rollout rollout = new Rollout(cluster.api(), shop.store(), PODS, shop.measurer, "jenkins-1", record);
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        assertThat(pods("canary")).allMatch(RealApmTest::carries);
        assertThat(pods("stable")).noneMatch(RealApmTest::carries);

        rollout.command(Verb.of(Verb.Kind.ABORT, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        rollout.command(Verb.of(Verb.Kind.RETRY, "ann"));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        assertThat(pods("canary")).as("retried").allMatch(RealApmTest::carries);
        rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.HEALTHY);
        assertThat(pods("stable")).as("promoted").noneMatch(RealApmTest::carries);
        shop.onlyAnswers(shop.service(), "2", null, null);
        assertThat(state()).hasToString("canary (pinpoint)");

        switchTo(ApmMode.ON);
        assertThat(state()).hasToString("on (pinpoint)");
        drive(starter().undo(shop.draft(), ""));
        assertThat(state()).as("undone").hasToString("canary (pinpoint)");
        assertThat(order(ApmMode.OFF)).isEmpty();
        assertThat(state()).hasToString("off");
    }

    @Test
    @Execution(CONCURRENT)
    void theSameImageCanTryAnAgentAsItsCanaryAndGoesBackByItself() throws Exception {
        order(ApmMode.CANARY);
        RolloutRecord record = starter()
                .begin(
                        shop.draft(new SetWeight(30), new Pause(0)),
                        RealRollout.IMAGE,
                        Map.of(),
                        io.jenkins.plugins.shera.deploy.pod.PodSettings.NONE);
        Rollout rollout = new Rollout(cluster.api(), shop.store(), PODS, shop.measurer, "jenkins-1", record);
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        assertThat(pods("canary")).allMatch(RealApmTest::carries);
        rollout.command(Verb.of(Verb.Kind.PROMOTE, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.HEALTHY);
        assertThat(shop.canary()).isEmpty();
    }

    @Test
    @Execution(CONCURRENT)
    void aSwitchThatFailsIsTakenBackWhole() throws Exception {
        JsonNode before = template();
        agents.ofImage = null;
        assertThatThrownBy(() -> order(ApmMode.ON))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("Cannot switch APM of shop in prod")
                .hasMessageContaining("nobody here can read");
        agents.ofImage = "";
        order(ApmMode.CANARY);
        Rollout rollout = new Rollout(
                cluster.api(),
                shop.store(),
                PODS,
                shop.measurer,
                "jenkins-1",
                order(ApmMode.ON).orElseThrow());
        shop.drive(rollout, status -> status.phase() == Phase.PROMOTING);
        await().until(() -> {
            rollout.tick(1000);
            return !template().equals(before);
        });
        assertThatThrownBy(() -> order(ApmMode.OFF)).hasMessageContaining("another one of");
        rollout.command(Verb.of(Verb.Kind.ABORT, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThat(rollout.status().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(template()).isEqualTo(before);
        assertThat(state()).hasToString("canary (pinpoint)");
        assertThat(pods("stable")).noneMatch(RealApmTest::carries);
    }
}
