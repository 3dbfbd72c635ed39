package io.jenkins.plugins.shera.kube.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.jenkins.plugins.shera.kube.RealCluster;
import io.jenkins.plugins.shera.kube.rollout.Failure.Reason;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Duration;
import java.time.Instant;
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

    @Test
    @Execution(CONCURRENT)
    void saysAtTheDeadlineThatAClaimHasNoVolume() throws Exception {
        cluster.applier()
                .apply(cluster.manifests("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec:"
                        + " {accessModes: [ReadWriteOnce], storageClassName: none-such, resources:"
                        + " {requests: {storage: 1Mi}}}}"));
        deploy(
                BUSYBOX,
                ", volumeMounts: [{name: data, mountPath: /data}]}], volumes: [{name: data, persistentVolumeClaim:"
                        + " {claimName: data}");
        RolloutState state = end(Duration.ofSeconds(8));
        assertThat(state.trouble().reason()).isEqualTo(Reason.CLAIM);
        assertThat(state.trouble().message()).contains("StorageClass");
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
