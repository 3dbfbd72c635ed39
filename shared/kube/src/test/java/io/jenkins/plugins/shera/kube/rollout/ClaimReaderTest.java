package io.jenkins.plugins.shera.kube.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.RealCluster;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster with a default StorageClass, or with more than one node, would have to be changed for to say. */
class ClaimReaderTest {

    private static final Failure WAITS = new Failure(Reason.CLAIM, "shop-1", "", "unbound", "");

    private static JsonNode claim(String spec, String phase) throws Exception {
        return RealCluster.json("{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}" + spec
                + "},\"status\":{\"phase\":\"" + phase + "\"}}");
    }

    @Test
    void saysThatThereIsNoDefaultClass() throws Exception {
        Failure told = ClaimReader.judge(WAITS, "data", claim("", "Pending"), true, "FailedBinding: no class is set");
        assertThat(told.reason()).isEqualTo(Reason.CLAIM_WITHOUT_CLASS);
        assertThat(told.message())
                .startsWith("pod shop-1: the PersistentVolumeClaim 'data' (1Gi) waits for a volume: it names no"
                        + " StorageClass, and the cluster has no default one."
                        + " Last said of it: FailedBinding: no class is set. Delete the claim");
    }

    @Test
    void saysThatAVolumeIsLost() throws Exception {
        Failure told = ClaimReader.judge(WAITS, "data", claim(",\"storageClassName\":\"fast\"", "Lost"), true, "");
        assertThat(told.reason()).isEqualTo(Reason.CLAIM_LOST);
    }

    @ParameterizedTest
    @CsvSource({
        "0/3 nodes are available: 3 node(s) had volume node affinity conflict., VOLUME_ELSEWHERE",
        "0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind., CLAIM",
        "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims., CLAIM",
        "running PreBind plugin VolumeBinding: binding volumes: context deadline exceeded, CLAIM",
        "0/1 nodes are available: 1 Insufficient cpu., UNSCHEDULABLE"
    })
    void readsTheWordsOfTheScheduler(String words, Reason reason) throws Exception {
        JsonNode pod = RealCluster.json(
                "{\"status\":{\"conditions\":[{\"type\":\"PodScheduled\",\"status\":\"False\",\"message\":\"" + words
                        + "\"}]}}");
        Optional<PodDiagnosis.Trouble> trouble = new PodDiagnosis(pod, List.of(), Instant.now()).trouble();
        assertThat(trouble).hasValueSatisfying(found -> {
            assertThat(found.failure().reason()).isEqualTo(reason);
            assertThat(found.lasting()).isFalse();
        });
    }
}
