package io.jenkins.plugins.shera.deploy.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.manifest.VolumeSpec;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Grows, takes snapshots and restores them, in the cluster that KUBECONFIG names; pods of the test write and read what is kept. */
@Tag("cluster")
class RealStorageTest {

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

    private Storage storage(StorageRules rules) {
        return new Storage(
                cluster.api(), new Subject("retail", "shop", "dev", "real", cluster.namespace()), rules, "retail/x#1");
    }

    private Storage storage() {
        return storage(StorageRules.NONE);
    }

    private Deployment deploy(String id, VolumeSpec... volumes) throws Exception {
        Deployment deployment = new Deployment(
                cluster.api(),
                new DeployRequest(
                        ApplicationSpec.of("shop", "localhost/busybox:1")
                                .replicas(0)
                                .env(Map.of("ID", id))
                                .volumes(List.of(volumes))
                                .done(),
                        new Origin("retail", "shop", "dev", id, "retail/release#" + id),
                        "real",
                        cluster.namespace(),
                        120),
                new DeployState(),
                Confidential.NONE,
                StorageRules.NONE);
        deployment.plan();
        deployment.apply();
        return deployment;
    }

    /** Runs a command in a pod that mounts the claim at /data, and returns what it said. */
    private String in(String claim, String name, String command) throws Exception {
        String pod =
                """
                {apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: %s}, spec: {restartPolicy: Never,
                 containers: [{name: main, image: localhost/busybox:1, command: [sh, -c, '%s'],
                 volumeMounts: [{name: data, mountPath: /data}]}],
                 volumes: [{name: data, persistentVolumeClaim: {claimName: %s}}]}}
                """
                        .formatted(name, cluster.namespace(), command, claim);
        new Applier(cluster.api(), new Kinds(cluster.api())).apply(Manifests.read(pod, "pod"));
        ObjectRef ref = new ObjectRef(ResourceKind.POD, cluster.namespace(), name);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> live(ref).at("/status/phase").asText(), "Succeeded"::equals);
        String said = cluster.api().logTail(cluster.namespace(), name, "main", 10, false);
        cluster.api().delete(ref, live(ref).at("/metadata/uid").asText());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> cluster.api().find(ref).isEmpty());
        return said.strip();
    }

    private JsonNode live(ObjectRef ref) throws Exception {
        return cluster.api().get(ref.path());
    }

    private static VolumeSpec data() {
        return VolumeSpec.of("data", "/data").claimed("16Mi", "csi-hostpath").done();
    }

    private void order(String claim, String size, String snapshot, String restore) throws Exception {
        VolumeOrder order = VolumeOrder.of(claim, size, snapshot, restore);
        storage().apply(order);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> storage().pending(order).isEmpty());
        storage().apply(order);
    }

    private ClaimFacts claim(String name) throws Exception {
        return storage().look().claims().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Execution(CONCURRENT)
    void whatIsWrittenOutlivesRevisionsAndComesBackFromASnapshot() throws Exception {
        deploy("1", data());
        await().atMost(Duration.ofMinutes(2)).until(() -> claim("shop-data").phase(), "Bound"::equals);
        assertThat(in("shop-data", "writer", "echo first > /data/note")).isEmpty();
        deploy("2", data());
        assertThat(deploy("3", data()).abort()).startsWith("Went back to");
        assertThat(in("shop-data", "reader", "cat /data/note")).isEqualTo("first");

        order("shop-data", null, "before", null);
        in("shop-data", "breaker", "echo broken > /data/note");
        order("shop-data", "32Mi", null, null);
        assertThat(claim("shop-data").capacity()).isEqualTo("32Mi");
        order("shop-data-back", null, null, "before");
        assertThat(in("shop-data-back", "looker", "cat /data/note")).isEqualTo("first");
        assertThat(in("shop-data", "other", "cat /data/note")).isEqualTo("broken");

        deploy("4", VolumeSpec.of("data", "/data").claim("shop-data-back").done());
        StorageFacts facts = storage().look();
        assertThat(facts.canSnapshot()).isTrue();
        assertThat(facts.classes()).extracting(StorageClassFacts::name).contains("csi-hostpath");
        assertThat(facts.snapshots()).hasSize(1).allMatch(SnapshotFacts::ready).allMatch(each -> each.claim()
                .equals("shop-data"));
        assertThat(claim("shop-data-back").mounted()).isTrue();
        assertThat(claim("shop-data").mounted()).isFalse();

        assertThatThrownBy(() -> storage().deleteClaim("shop-data-back"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("in use by the application as it is deployed");
        assertThat(storage().deleteClaim("shop-data")).contains("was deleted with its data");
        assertThat(storage().deleteSnapshot("before")).contains("was deleted");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> storage().look().claims().size() == 1
                        && storage().look().snapshots().isEmpty());
    }

    @Test
    @Execution(CONCURRENT)
    void refusesWhatWouldLoseOrTakeSomething() throws Exception {
        deploy("1", data());
        await().atMost(Duration.ofMinutes(2)).until(() -> claim("shop-data").phase(), "Bound"::equals);
        refused(storage(), VolumeOrder.of("shop-data", "8Mi", null, null), "a volume is never made smaller");
        refused(
                storage(),
                VolumeOrder.of("shop-dat", "64Mi", null, null),
                "there is no PersistentVolumeClaim shop-dat");
        refused(storage(), VolumeOrder.of("shop-back", null, null, "none"), "there is no VolumeSnapshot none");
        refused(
                storage(new StorageRules(List.of(), Claims.bytes("20Mi"), List.of(cluster.namespace()))),
                VolumeOrder.of("shop-data", "24Mi", null, null),
                "go over the tenant's quota: 16 MiB of 20 MiB");
        order("shop-data", null, "one", null);
        refused(storage(), VolumeOrder.of("shop-data", null, null, "one"), "there is a claim shop-data already");
        Storage other = new Storage(
                cluster.api(),
                new Subject("retail", "stock", "dev", "real", cluster.namespace()),
                StorageRules.NONE,
                "");
        refused(
                other,
                VolumeOrder.of("shop-data", "64Mi", null, null),
                "there is no PersistentVolumeClaim shop-data of this");
        assertThatThrownBy(() -> other.deleteSnapshot("one")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> other.deleteClaim("shop-data")).isInstanceOf(StorageException.class);
        assertThat(other.look().claims()).isEmpty();
    }

    private static void refused(Storage storage, VolumeOrder order, String why) {
        assertThatThrownBy(() -> storage.apply(order))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(why);
    }

    @Test
    @Execution(CONCURRENT)
    void aClaimThatWaitsSaysWhy() throws Exception {
        new Applier(cluster.api(), new Kinds(cluster.api()))
                .apply(Manifests.read(
                        """
                                {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: stuck, namespace: %s, annotations:
                                 {shera.io/tenant: retail, shera.io/application: shop, shera.io/environment: dev}},
                                 spec: {storageClassName: nowhere, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}
                                """
                                .formatted(cluster.namespace()),
                        "claim"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> claim("stuck").trouble(), said -> said.contains("\"nowhere\" not found"));
        VolumeOrder grow = VolumeOrder.of("stuck", "2Mi", null, null);
        assertThatThrownBy(() -> storage().apply(grow)).hasMessageContaining("only one that is Bound can grow");
    }

    @Test
    @Execution(CONCURRENT)
    void ordersAreChecked() {
        assertThatThrownBy(() -> VolumeOrder.of("a", "1Gi", "b", null)).hasMessageStartingWith("Give one of: size");
        assertThatThrownBy(() -> VolumeOrder.of("a", null, null, "")).hasMessageStartingWith("Give one of: size");
        assertThatThrownBy(() -> VolumeOrder.of("../a", "1Gi", null, null))
                .hasMessageContaining("cannot be the parameter claim");
        assertThatThrownBy(() -> VolumeOrder.of("a", "-1Gi", null, null))
                .hasMessageContaining("cannot be the parameter size");
        assertThatThrownBy(() -> VolumeOrder.of("a", null, "B", null))
                .hasMessageContaining("cannot be the parameter snapshot");
    }
}
