package io.jenkins.plugins.shera.kube.rollout;

import static io.jenkins.plugins.shera.kube.RealCluster.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutJudgeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private static JsonNode deployment(String status) throws Exception {
        return parse("{'metadata':{'generation':2,'annotations':{'deployment.kubernetes.io/revision':'2'}},"
                + "'spec':{'replicas':2,'template':{'spec':{'containers':[{'image':'x@sha256:1'}]}}},'status':{"
                + status
                + "}}");
    }

    private static JsonNode set(String uid, String revision) throws Exception {
        return parse("{'metadata':{'uid':'" + uid + "','annotations':{'deployment.kubernetes.io/revision':'" + revision
                + "'}}}");
    }

    private static JsonNode pod(String name, String set, String status) throws Exception {
        return parse("{'metadata':{'name':'" + name + "','creationTimestamp':'2026-01-01T00:00:00Z','ownerReferences':"
                + "[{'uid':'" + set + "'}]},'status':{'phase':'Running'," + status + "}}");
    }

    private static JsonNode parse(String text) throws Exception {
        return json(text.replace('\'', '"'));
    }

    private static RolloutState judge(JsonNode deployment, Instant deadline, JsonNode... pods) throws Exception {
        return RolloutJudge.judge(
                new Observation(deployment, List.of(set("old", "1"), set("new", "2")), List.of(pods), Map.of(), NOW),
                deadline);
    }

    @Test
    void doesNotTrustAStatusOfTheGenerationBefore() throws Exception {
        RolloutState state = judge(
                deployment("'observedGeneration':1,'replicas':2,'updatedReplicas':2,'availableReplicas':2"), LATER);
        assertThat(state.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(state.revision()).isEmpty();
    }

    @Test
    void waitsForPodsOfTheOldRevisionToGo() throws Exception {
        RolloutState state = judge(
                deployment("'observedGeneration':2,'replicas':3,'updatedReplicas':2,'availableReplicas':3"), LATER);
        assertThat(state.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(state.summary()).isEqualTo("0 of 2 available, 2 updated, 1 of the old revision");
    }

    @Test
    void isCompleteWhenOnlyTheNewRevisionServes() throws Exception {
        RolloutState state =
                judge(deployment("'observedGeneration':2,'replicas':2,'updatedReplicas':2,'availableReplicas':2"), NOW);
        assertThat(state.phase()).isEqualTo(Phase.COMPLETE);
        assertThat(state.revision()).isEqualTo("2");
    }

    @Test
    void ignoresTheTroubleOfTheOldRevision() throws Exception {
        String crash = "'containerStatuses':[{'name':'c','restartCount':9,'state':{'terminated':{'exitCode':1}}}]";
        RolloutState state = judge(deployment("'observedGeneration':2,'replicas':1"), LATER, pod("p", "old", crash));
        assertThat(state.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(state.trouble()).isNull();
    }

    @Test
    void isPatientWithAFirstCrashAndNotWithTheThird() throws Exception {
        String crash = "'containerStatuses':[{'name':'c','restartCount':%d,'state':{'terminated':{'exitCode':1}}}]";
        JsonNode deployment = deployment("'observedGeneration':2,'replicas':1");
        RolloutState first = judge(deployment, LATER, pod("p", "new", crash.formatted(1)));
        assertThat(first.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(first.summary()).endsWith("; ended with exit code 1, restarted 1 time");
        assertThat(judge(deployment, LATER, pod("p", "new", crash.formatted(3))).phase())
                .isEqualTo(Phase.FAILED);
    }

    @Test
    void tellsMemoryFromOtherCrashes() throws Exception {
        String killed = "'containerStatuses':[{'name':'c','restartCount':3,'state':{'waiting':{'reason':"
                + "'CrashLoopBackOff'}},'lastState':{'terminated':{'exitCode':137,'reason':'OOMKilled'}}}]";
        RolloutState state = judge(deployment("'observedGeneration':2"), LATER, pod("p", "new", killed));
        assertThat(state.trouble().reason()).isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(state.pods().get(0).state()).isEqualTo("CrashLoopBackOff");
    }

    @Test
    void failsAtTheDeadlineWithWhatIsMissing() throws Exception {
        RolloutState state = judge(deployment("'observedGeneration':2,'replicas':1,'updatedReplicas':1"), NOW);
        assertThat(state.phase()).isEqualTo(Phase.FAILED);
        assertThat(state.trouble().message())
                .isEqualTo(
                        "not complete in time: 0 of 2 available, 1 updated. Look at the pods, or give it more time by"
                                + " the parameter timeout.");
    }

    @Test
    void takesAnAdmissionRefusalForLastingOnlyAfterAWhile() throws Exception {
        String refused =
                "'observedGeneration':2,'conditions':[{'type':'ReplicaFailure','status':'True','message':'denied"
                        + " the request: no latest tags','lastTransitionTime':'%s'}]";
        assertThat(judge(deployment(refused.formatted("2026-01-01T00:09:55Z")), LATER)
                        .phase())
                .isEqualTo(Phase.PROGRESSING);
        RolloutState state = judge(deployment(refused.formatted("2026-01-01T00:09:30Z")), LATER);
        assertThat(state.phase()).isEqualTo(Phase.FAILED);
        assertThat(state.trouble().reason()).isEqualTo(Reason.ADMISSION);
    }

    @Test
    void saysThatItIsGone() {
        Observation gone = new Observation(MissingNode.getInstance(), List.of(), List.of(), Map.of(), NOW);
        assertThat(RolloutJudge.judge(gone, LATER).trouble().reason()).isEqualTo(Reason.GONE);
    }
}
