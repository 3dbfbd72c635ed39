package io.jenkins.plugins.shera.kube.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.jenkins.plugins.shera.kube.RealCluster;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Against the controllers, the scheduler and the kubelet of the cluster that KUBECONFIG names. */
@Tag("cluster")
class RealRolloutTest {

    private static final String BUSYBOX = "localhost/busybox:1";

    private RealCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = RealCluster.open();
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private void deploy(String image, String container) throws Exception {
        cluster.applier()
                .apply(cluster.manifests(
                        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: app}, spec: {replicas: 1,"
                                + " minReadySeconds: 2, selector: {matchLabels: {app: app}}, template: {metadata: {labels:"
                                + " {app: app}}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: main, image:"
                                + " '" + image
                                + "', imagePullPolicy: IfNotPresent" + container + "}]}}}}"));
    }

    private RolloutState end(Duration deadline) throws Exception {
        RolloutReader reader = new RolloutReader(cluster.api(), cluster.namespace(), "app");
        Instant end = cluster.api().serverNow().plus(deadline);
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> reader.read(end), state -> state.phase() != Phase.PROGRESSING);
    }

    @Test
    @Execution(CONCURRENT)
    void isCompleteWhenAllPodsServe() throws Exception {
        deploy(BUSYBOX, ", command: [sleep, '1000']");
        RolloutState state = end(Duration.ofMinutes(2));
        assertThat(state.phase()).as(state.toString()).isEqualTo(Phase.COMPLETE);
        assertThat(state.revision()).isEqualTo("1");
        assertThat(state.summary()).isEqualTo("1 of 1 available, 1 updated");
        assertThat(state.pods()).singleElement().satisfies(pod -> assertThat(pod.ready())
                .isTrue());
    }

    @Test
    @Execution(CONCURRENT)
    void failsWithTheImageThatCannotBePulled() throws Exception {
        deploy("localhost:1/absent:1", "");
        RolloutState state = end(Duration.ofMinutes(2));
        assertThat(state.phase()).isEqualTo(Phase.FAILED);
        assertThat(state.trouble().reason()).isEqualTo(Reason.IMAGE_PULL);
        assertThat(state.trouble().message()).contains("pod app-").contains("localhost:1/absent:1");
    }

    @Test
    @Execution(CONCURRENT)
    void failsWithTheLastLinesOfAProgramThatCrashes() throws Exception {
        deploy(BUSYBOX, ", command: [sh, -c, 'echo cannot open the database; exit 7']");
        RolloutState state = end(Duration.ofMinutes(2));
        assertThat(state.trouble().reason()).isEqualTo(Reason.CRASH);
        assertThat(state.trouble().text()).startsWith("ended with exit code 7, restarted 3 times");
        assertThat(state.trouble().log()).contains("cannot open the database");
    }

    @Test
    @Execution(CONCURRENT)
    void failsWithTheQuotaThatIsUsedUp() throws Exception {
        cluster.applier()
                .apply(cluster.manifests(
                        "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods:" + " '0'}}}"));
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.api()
                .get("/api/v1/namespaces/" + cluster.namespace() + "/resourcequotas/q")
                .path("status")
                .has("used"));
        deploy(BUSYBOX, ", command: [sleep, '1000']");
        RolloutState state = end(Duration.ofMinutes(2));
        assertThat(state.trouble().reason()).isEqualTo(Reason.QUOTA);
        assertThat(state.trouble().text()).contains("exceeded quota: q");
    }

    @Test
    @Execution(CONCURRENT)
    void saysAtTheDeadlineThatNoNodeTakesThePod() throws Exception {
        deploy(BUSYBOX, ", resources: {requests: {cpu: '9999'}}");
        RolloutState state = end(Duration.ofSeconds(8));
        assertThat(state.trouble().reason()).isEqualTo(Reason.UNSCHEDULABLE);
        assertThat(state.trouble().text()).contains("Insufficient cpu");
    }

    private RolloutState withClaim(String storageClass, Duration deadline) throws Exception {
        if (storageClass != null) {
            cluster.applier()
                    .apply(cluster.manifests(
                            "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec:"
                                    + " {accessModes: [ReadWriteOnce], storageClassName: '" + storageClass
                                    + "', resources: {requests: {storage: 1Mi}}}}"));
        }
        deploy(
                BUSYBOX,
                ", volumeMounts: [{name: data, mountPath: /data}]}], volumes: [{name: data, persistentVolumeClaim:"
                        + " {claimName: data}");
        return end(deadline);
    }

    @Test
    @Execution(CONCURRENT)
    void namesTheClaimWhoseClassIsNotThere() throws Exception {
        RolloutState state = withClaim("none-such", Duration.ofSeconds(8));
        assertThat(state.trouble().reason()).isEqualTo(Reason.CLAIM_OF_UNKNOWN_CLASS);
        assertThat(state.trouble().message())
                .contains("'data' (1Mi) of the StorageClass 'none-such'")
                .contains("Last said of it: ProvisioningFailed: storageclass.storage.k8s.io \"none-such\" not found.")
                .doesNotContain("CPU");
    }

    @Test
    @Execution(CONCURRENT)
    void namesTheClaimThatWaitsForAVolumeMadeByHand() throws Exception {
        RolloutState state = withClaim("", Duration.ofSeconds(8));
        assertThat(state.trouble().reason()).isEqualTo(Reason.CLAIM_BY_HAND);
        assertThat(state.trouble().message()).contains("'data' (1Mi)").contains("FailedBinding");
    }

    @Test
    @Execution(CONCURRENT)
    void namesTheClaimThatIsNotThere() throws Exception {
        RolloutState state = withClaim(null, Duration.ofSeconds(8));
        assertThat(state.trouble().reason()).isEqualTo(Reason.CLAIM_GONE);
        assertThat(state.trouble().text()).isEqualTo("there is no PersistentVolumeClaim 'data'");
    }

    /** The scheduler has chosen a node, and says nothing while it waits. */
    @Test
    @Execution(CONCURRENT)
    void namesTheClaimWhoseProvisionerDoesNotRun() throws Exception {
        String name = cluster.namespace();
        cluster.applier()
                .apply(Manifests.read(
                        "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: " + name
                                + "}, provisioner: nobody.example/none, volumeBindingMode: WaitForFirstConsumer}",
                        "class"));
        ObjectRef made =
                new ObjectRef(new ResourceKind("storage.k8s.io/v1", "StorageClass", "storageclasses", false), "", name);
        try {
            RolloutState state = withClaim(name, Duration.ofSeconds(20));
            assertThat(state.trouble().reason()).isEqualTo(Reason.CLAIM);
            assertThat(state.trouble().message())
                    .contains("'data' (1Mi) of the StorageClass '" + name + "' waits for a volume")
                    .contains("nobody.example/none")
                    .contains("provisioner of the claim's StorageClass runs");
        } finally {
            cluster.applier().withdraw(List.of(made), object -> true);
        }
    }

    @Test
    @Execution(CONCURRENT)
    void saysAtTheDeadlineWhichProbeFails() throws Exception {
        deploy(
                BUSYBOX,
                ", command: [sleep, '1000'], readinessProbe: {exec: {command: [cat, /absent]}, periodSeconds: 1}");
        RolloutState state = end(Duration.ofSeconds(15));
        assertThat(state.trouble().reason()).isEqualTo(Reason.PROBE);
        assertThat(state.trouble().text()).contains("Readiness probe failed").contains("/absent");
    }

    @Test
    @Execution(CONCURRENT)
    void saysWhichConfigMapIsMissing() throws Exception {
        deploy(BUSYBOX, ", envFrom: [{configMapRef: {name: absent}}]");
        RolloutState state = end(Duration.ofSeconds(50));
        assertThat(state.trouble().reason()).isEqualTo(Reason.CONFIGURATION);
        assertThat(state.trouble().text()).contains("configmap \"absent\" not found");
    }

    @Test
    @Execution(CONCURRENT)
    void saysThatTheDeploymentIsGone() throws Exception {
        RolloutState state = end(Duration.ofSeconds(5));
        assertThat(state.trouble().reason()).isEqualTo(Reason.GONE);
    }
}
