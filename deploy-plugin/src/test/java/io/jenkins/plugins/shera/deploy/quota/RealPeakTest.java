package io.jenkins.plugins.shera.deploy.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against the quota controller of the cluster that KUBECONFIG names. */
@Tag("cluster")
class RealPeakTest {

    private static Deployment deployment(TestCluster cluster, int replicas, String cpu) {
        return new Deployment(
                cluster.api(),
                new DeployRequest(
                        ApplicationSpec.of("shop", "localhost/busybox:1")
                                .replicas(replicas)
                                .resources(cpu, "8Mi")
                                .done(),
                        new Origin("retail", "shop", "dev", "1", "retail/release#1"),
                        "real",
                        cluster.namespace(),
                        60),
                new DeployState());
    }

    @Test
    void whatTheQuotaWouldRefuseDoesNotBegin() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            new Applier(cluster.api(), new Kinds(cluster.api()))
                    .apply(Manifests.read(
                            "{apiVersion: v1, kind: ResourceQuota, metadata: {name: small, namespace: "
                                    + cluster.namespace() + "}, spec: {hard: {pods: 3, requests.cpu: 100m}}}",
                            "quota"));
            ObjectRef small = new ObjectRef(
                    new ResourceKind("v1", "ResourceQuota", "resourcequotas", true), cluster.namespace(), "small");
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            cluster.api().get(small.path()).at("/status/hard").has("pods"));
            assertThatThrownBy(() -> deployment(cluster, 4, "10m").plan())
                    .isInstanceOf(DeployException.class)
                    .hasMessageContaining("needs 4 more pods at its peak")
                    .hasMessageContaining("pods 0 of 3 are used and 4 more are needed");
            assertThatThrownBy(() -> deployment(cluster, 2, "60m").plan())
                    .hasMessageContaining("requests.cpu 0 of 100m are used and 0.12 more are needed");
            assertThat(deployment(cluster, 3, "10m").plan()).anyMatch(line -> line.contains("create Deployment"));
        }
    }

    @Test
    void aRollingUpdateNeedsRoomForOneMorePod() {
        assertThat(Peak.besides(0, 3, false)).isEqualTo(3);
        assertThat(Peak.besides(3, 3, false)).isEqualTo(1);
        assertThat(Peak.besides(3, 3, true)).isZero();
        assertThat(Peak.besides(3, 5, false)).isEqualTo(2);
        assertThat(Peak.besides(3, 1, false)).isEqualTo(1);
        assertThat(Peak.besides(3, 0, false)).isZero();
    }

    @Test
    void withoutAQuotaThereIsNoBound() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            assertThat(new Peak(cluster.api(), cluster.namespace())
                            .over(new ObjectMapper().readTree("{\"spec\":{\"containers\":[{}]}}"), 100))
                    .as("no quota, no bound")
                    .isEmpty();
        }
    }
}
