package io.jenkins.plugins.shera.deploy.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.manifest.VolumeSpec;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.deploy.scale.ScaleException;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.scale.Scaling;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against the cluster that KUBECONFIG names, whose StorageClass csi-hostpath binds and grows really. */
@Tag("cluster")
class RealVolumesTest {

    private static final String CLASS = "csi-hostpath";
    private static final String BUSYBOX = "localhost/busybox:1";

    private TestCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = TestCluster.open();
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static VolumeSpec.Draft data(String size) {
        return VolumeSpec.of("data", "/data").claimed(size, CLASS);
    }

    private Deployment deployment(String id, int replicas, StorageRules rules, VolumeSpec... volumes) {
        return new Deployment(
                cluster.api(),
                new DeployRequest(
                        ApplicationSpec.of("shop", BUSYBOX)
                                .replicas(replicas)
                                .env(Map.of("ID", id))
                                .volumes(List.of(volumes))
                                .done(),
                        new Origin("retail", "shop", "dev", id, "retail/release#" + id),
                        "real",
                        cluster.namespace(),
                        120),
                new DeployState(),
                Confidential.NONE,
                rules);
    }

    private List<String> deploy(String id, VolumeSpec... volumes) throws Exception {
        Deployment deployment = deployment(id, 0, StorageRules.NONE, volumes);
        List<String> plan = deployment.plan();
        deployment.apply();
        await().atMost(Duration.ofMinutes(2)).until(() -> deployment.look().phase() == RolloutState.Phase.COMPLETE);
        return plan;
    }

    private ObjectRef claim(String name) {
        return new ObjectRef(StorageKinds.CLAIM, cluster.namespace(), name);
    }

    private JsonNode live(ObjectRef ref) throws Exception {
        return cluster.api().get(ref.path());
    }

    private ObjectRef shop() {
        return new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
    }

    private void bound(String name, String size) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        live(claim(name)).at("/status/capacity/storage").asText())
                .isEqualTo(size));
    }

    @Test
    void aClaimIsMadeOnceGrowsAndOutlivesEveryDeployment() throws Exception {
        List<String> first = deploy("1", data("16Mi").done());
        assertThat(first).contains("create PersistentVolumeClaim " + cluster.namespace() + "/shop-data");
        assertThat(first).anyMatch(line -> line.contains("the strategy is Recreate"));
        assertThat(live(shop()).at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        bound("shop-data", "16Mi");
        String uid = live(claim("shop-data")).at("/metadata/uid").asText();

        assertThat(deploy("2", data("16Mi").done())).noneMatch(line -> line.contains("PersistentVolumeClaim"));
        assertThat(deploy("3", data("32Mi").done())).contains("  shop-data: 16Mi -> 32Mi");
        bound("shop-data", "32Mi");
        assertThat(deploy("4", data("8Mi").done()))
                .contains("  shop-data keeps its 32Mi: a volume is never made smaller.");
        // A deployment that no longer names it, and one with volumes that many may write, leave it alone.
        deploy("5");
        assertThat(live(shop()).at("/spec/strategy/type").asText()).isEqualTo("RollingUpdate");
        assertThat(live(claim("shop-data")).at("/metadata/uid").asText()).isEqualTo(uid);
        assertThat(live(claim("shop-data"))
                        .at("/spec/resources/requests/storage")
                        .asText())
                .isEqualTo("32Mi");
    }

    @Test
    void whatIsNotKeptGoesWithTheApplicationAndTheRestStays() throws Exception {
        deploy(
                "1",
                data("16Mi").done(),
                VolumeSpec.of("cache", "/cache")
                        .claimed("16Mi", "")
                        .kept(false, 0)
                        .done());
        bound("shop-cache", "16Mi");
        assertThat(live(claim("shop-cache")).at("/spec/storageClassName").asText())
                .as("the default, by name")
                .isEqualTo(CLASS);
        deploy(
                "2",
                data("16Mi").done(),
                VolumeSpec.of("cache", "/cache")
                        .claimed("16Mi", "")
                        .kept(false, 0)
                        .done());
        assertThat(cluster.api().find(claim("shop-cache"))).isPresent();

        cluster.api().delete(shop(), live(shop()).at("/metadata/uid").asText());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> cluster.api().find(claim("shop-cache")).isEmpty());
        assertThat(cluster.api().find(claim("shop-data"))).isPresent();
    }

    @Test
    void saysWhatWouldGoWrongAndChangesNothing() throws Exception {
        StorageRules small = new StorageRules(List.of(), new BigDecimal(20 << 20), List.of(cluster.namespace()));
        StorageRules other = new StorageRules(List.of("ceph-rbd"), null, List.of());
        refused(
                deployment("1", 2, StorageRules.NONE, data("1Mi").done()),
                "2 pods would write to shop-data (ReadWriteOnce)");
        refused(deployment("1", 1, small, data("21Mi").done()), "over the tenant's quota: 0 MiB of 20 MiB");
        refused(
                deployment("1", 1, other, data("1Mi").done()),
                "csi-hostpath, which this tenant may not use. Give one of [ceph-rbd]");
        refused(
                deployment(
                        "1",
                        1,
                        StorageRules.NONE,
                        VolumeSpec.of("data", "/d").claimed("1Mi", "nowhere").done()),
                "the StorageClass nowhere, which the cluster does not have. Give one of [" + CLASS + "]");
        refused(
                deployment(
                        "1",
                        1,
                        StorageRules.NONE,
                        VolumeSpec.of("data", "/d").claim("lost").done()),
                "the claim lost is not in the namespace " + cluster.namespace());
        assertThat(cluster.api().list(StorageKinds.CLAIM, cluster.namespace(), "", ""))
                .isEmpty();

        deploy("1", data("16Mi").done());
        bound("shop-data", "16Mi");
        refused(deployment("2", 1, small, data("24Mi").done()), "8 MiB more of storage");
        refused(
                deployment(
                        "2",
                        1,
                        StorageRules.NONE,
                        data("16Mi").accessMode("ReadWriteMany").done()),
                "has the access modes [\"ReadWriteOnce\"], which never change");
        ObjectNode foreign = (ObjectNode)
                new ObjectMapper()
                        .readTree(
                                "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"shop-old\"},"
                                        + "\"spec\":{\"accessModes\":[\"ReadWriteMany\"],\"resources\":{\"requests\":{\"storage\":\"1Mi\"}}}}");
        cluster.api().apply(claim("shop-old"), foreign, false);
        refused(
                deployment(
                        "2",
                        1,
                        StorageRules.NONE,
                        VolumeSpec.of("old", "/o").claimed("1Mi", CLASS).done()),
                "the claim shop-old was not made for this application and environment");
        deployment(
                        "2",
                        3,
                        StorageRules.NONE,
                        VolumeSpec.of("old", "/o")
                                .claim("shop-old")
                                .accessMode("ReadWriteMany")
                                .done())
                .plan();
    }

    private static void refused(Deployment deployment, String why) {
        assertThatThrownBy(deployment::plan)
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("so nothing was changed")
                .hasMessageContaining(why);
    }

    @Test
    void aSecondWriterIsNotScaledInto() throws Exception {
        deploy("1", data("16Mi").done());
        Scaling scaling =
                new Scaling(cluster.api(), new Subject("retail", "shop", "dev", "real", cluster.namespace()), "");
        assertThatThrownBy(() -> scaling.apply(ScaleOrder.of(2, null, null, null, null, false)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("its volume shop-data can be written by one node or pod only");
        scaling.apply(ScaleOrder.of(1, null, null, null, null, false));
    }
}
