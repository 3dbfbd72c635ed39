package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a canary's pods would mount, asked of the cluster that KUBECONFIG names; no pod is started. */
@Tag("cluster")
class RealPreflightTest {

    private static Preflight mounting(RealRollout shop, String volume) throws Exception {
        JsonNode stable = new ObjectMapper()
                .readTree("{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"app.kubernetes.io/name\":\"shop\","
                        + "\"shera.io/track\":\"stable\"}},\"spec\":{\"containers\":[]}},\"selector\":{\"matchLabels\":"
                        + "{\"app.kubernetes.io/name\":\"shop\",\"shera.io/track\":\"stable\"}}}}");
        ObjectNode after = stable.path("spec").path("template").deepCopy();
        after.withObject("/spec").putArray("volumes").add(new ObjectMapper().readTree(volume));
        RolloutPlan plan = new RolloutPlan(
                "r",
                shop.subject,
                List.of(),
                "replicas",
                Map.of(),
                stable.at("/spec/template"),
                after,
                60,
                false,
                "ada",
                "");
        return new Preflight(shop.cluster.api(), plan, stable);
    }

    private static String claim(String name) {
        return "{\"name\":\"data\",\"persistentVolumeClaim\":{\"claimName\":\"" + name + "\"}}";
    }

    @Test
    void aCanaryStartsNoSecondWriterAndNoPodThatCouldNeverStart() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealRollout shop = new RealRollout(cluster);
            for (String modes : List.of("ReadWriteMany", "ReadWriteOnce, ReadOnlyMany")) {
                shop.apply("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: "
                        + modes.toLowerCase(java.util.Locale.ROOT).replace(", ", "-")
                        + "}, spec: {storageClassName: none, accessModes: [" + modes
                        + "], resources: {requests: {storage: 1Mi}}}}");
            }

            assertThatThrownBy(() -> mounting(shop, claim("nowhere")).check(false))
                    .isInstanceOf(RolloutException.class)
                    .hasMessageContaining("the claim nowhere, which is not in the namespace " + cluster.namespace());
            assertThatThrownBy(() ->
                            mounting(shop, claim("readwriteonce-readonlymany")).check(false))
                    .isInstanceOf(RolloutException.class)
                    .hasMessageContaining("a canary would start a second writer");
            for (String good : List.of(
                    claim("readwritemany"),
                    "{\"name\":\"data\",\"persistentVolumeClaim\":{\"claimName\":\"readwriteonce-readonlymany\",\"readOnly\":true}}",
                    "{\"name\":\"data\",\"ephemeral\":{\"volumeClaimTemplate\":{}}}")) {
                assertThatCode(() -> mounting(shop, good).check(false)).as(good).doesNotThrowAnyException();
            }
        }
    }
}
