package io.jenkins.plugins.shera.platform.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.rollout.Observation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningStateTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String IMAGE = "house:5000/pay/shop:1@sha256:00ff";
    private static final String DEPLOYMENT =
            """
            {"metadata": {"generation": 2, "annotations": {"deployment.kubernetes.io/revision": "2"}},
             "spec": {"replicas": 2, "template": {"spec": {"containers": [{"image": "%s"}]}}},
             "status": {"observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": %d,
                        "conditions": %s}}
            """;
    private static final String SET =
            """
            {"metadata": {"uid": "set-2", "annotations": {"deployment.kubernetes.io/revision": "2"}}}
            """;
    private static final String POD =
            """
            {"metadata": {"name": "shop-%d", "ownerReferences": [{"uid": "set-2"}]},
             "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "%s"}],
                        "containerStatuses": [{"name": "shop", "ready": true, "restartCount": %d,
                                               "state": {"running": {"startedAt": "2026-03-01T11:00:00Z"}}}]}}
            """;

    @Test
    void isAbsentWithoutADeployment() {
        Observation nothing = new Observation(MissingNode.getInstance(), List.of(), List.of(), Map.of(), NOW);
        assertThat(RunningState.of(nothing))
                .isEqualTo(new RunningState(RunningState.Word.ABSENT, "", "", null, null, null));
    }

    @Test
    void isHealthyWhenAllPodsServe() throws IOException {
        RunningState state = RunningState.of(seen(2, "[]", POD.formatted(1, "True", 0), POD.formatted(2, "True", 3)));
        assertThat(state).isEqualTo(new RunningState(RunningState.Word.HEALTHY, IMAGE, "", 2, 2, 3));
        assertThat(state.digest()).isEqualTo("sha256:00ff");
    }

    @Test
    void isUnderWayWhilePodsAreMissing() throws IOException {
        RunningState state = RunningState.of(seen(1, "[]", POD.formatted(1, "True", 0), POD.formatted(2, "False", 0)));
        assertThat(state.word()).isEqualTo(RunningState.Word.PROGRESSING);
        assertThat(state.ready()).isEqualTo(1);
    }

    @Test
    void isDegradedAndSaysWhyOnceTheClusterGaveUp() throws IOException {
        String over = "[{\"type\": \"Progressing\", \"status\": \"False\", \"reason\": \"ProgressDeadlineExceeded\"}]";
        RunningState state = RunningState.of(seen(1, over, POD.formatted(1, "True", 0), POD.formatted(2, "False", 0)));
        assertThat(state.word()).isEqualTo(RunningState.Word.DEGRADED);
        assertThat(state.why()).startsWith("not complete in time: 1 of 2 available");
    }

    @Test
    void hasNoDigestWhenTheImageIsOnlyATag() {
        RunningState state = new RunningState(RunningState.Word.HEALTHY, "house:5000/pay/shop:1", "", 1, 1, 0);
        assertThat(state.digest()).isEmpty();
    }

    private static Observation seen(int available, String conditions, String... pods) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode[] parsed = new JsonNode[pods.length];
        for (int i = 0; i < pods.length; i++) {
            parsed[i] = json.readTree(pods[i]);
        }
        JsonNode deployment = json.readTree(DEPLOYMENT.formatted(IMAGE, available, conditions));
        return new Observation(deployment, List.of(json.readTree(SET)), List.of(parsed), Map.of(), NOW);
    }
}
