package io.jenkins.plugins.shera.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the cluster that KUBECONFIG names. */
@Tag("cluster")
class RealManifestDeploymentTest {

    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final String MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {a: '%s'}}\n---\n";
    private static final String WORKLOAD = "{apiVersion: apps/v1, kind: %s, metadata: {name: w}, spec: {%s selector:"
            + " {matchLabels: {app: w}}, template: {metadata: {labels: {app: w}}, spec: {terminationGracePeriodSeconds: 0,"
            + " containers: [{name: c, image: '%s', imagePullPolicy: Never, command: [sleep, '3600']}]}}}}\n"
            + "---\n";
    private static final String JOB = "{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {backoffLimit: 0,"
            + " template: {spec: {terminationGracePeriodSeconds: 0, restartPolicy: Never, containers: [{name: c, image:"
            + " 'localhost/busybox:1', command: [sh, -c, 'echo last words; exit %d']}]}}}}\n"
            + "---\n";

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

    private ManifestDeployment deployment(String id, String yaml) {
        return deployment(id, yaml, new ManifestState());
    }

    private ManifestDeployment deployment(String id, String yaml, ManifestState state) {
        ManifestRequest request = new ManifestRequest(
                yaml,
                "all",
                new Origin("retail", "shop", "dev", id, "retail/release#" + id),
                new ManifestRequest.Place("real", cluster.namespace()),
                Set.of(cluster.namespace()),
                true,
                120);
        return new ManifestDeployment(cluster.api(), request, state);
    }

    private List<String> run(ManifestDeployment deployment) throws Exception {
        deployment.plan();
        deployment.apply();
        for (ObjectRef each : deployment.workloads()) {
            RolloutState end = end(deployment, each);
            assertThat(end.phase()).as(each + " " + end).isEqualTo(Phase.COMPLETE);
        }
        return deployment.finish();
    }

    private RolloutState end(ManifestDeployment deployment, ObjectRef workload) {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> deployment.look(workload), state -> state.phase() != Phase.PROGRESSING);
    }

    private ObjectRef map(String name) {
        return new ObjectRef(CONFIG_MAP, cluster.namespace(), name);
    }

    @Test
    @Execution(CONCURRENT)
    void takesAwayWhatTheSetHasNoMoreAndNothingElse() throws Exception {
        run(deployment("1", MAP.formatted("a", "1") + MAP.formatted("b", "1") + MAP.formatted("c", "1")));
        // Somebody took c out of the set: it is theirs now.
        cluster.api()
                .merge(
                        map("c"),
                        new ObjectMapper().readTree("{\"metadata\":{\"labels\":{\"shera.io/set\":\"another\"}}}"));

        ManifestDeployment second = deployment("2", MAP.formatted("a", "2"));
        assertThat(second.plan())
                .contains("delete ConfigMap " + cluster.namespace() + "/b")
                .contains("update ConfigMap " + cluster.namespace() + "/a")
                .noneMatch(line -> line.endsWith("/c"));
        assertThat(cluster.api().find(map("b"))).as("a plan deletes nothing").isPresent();
        second.apply();
        assertThat(cluster.api().find(map("b"))).as("until all serve").isPresent();
        assertThat(second.finish()).anyMatch(line -> line.startsWith("Deleted ConfigMap "));
        assertThat(cluster.api().find(map("b"))).isEmpty();
        assertThat(cluster.api().find(map("c"))).isPresent();
    }

    @Test
    @Execution(CONCURRENT)
    void waitsForEveryKindOfWorkload() throws Exception {
        String image = "localhost/busybox:1";
        run(deployment(
                "1",
                WORKLOAD.formatted("StatefulSet", "serviceName: w, replicas: 2,", image)
                                .replace("app: w", "app: s")
                        + WORKLOAD.formatted("DaemonSet", "", image).replace("app: w", "app: d")
                        + WORKLOAD.formatted("Deployment", "", image)
                        + JOB.formatted(0)));
        assertThat(cluster.api()
                        .get(new ObjectRef(
                                        new ResourceKind("apps/v1", "StatefulSet", "statefulsets", true),
                                        cluster.namespace(),
                                        "w")
                                .path())
                        .at("/status/readyReplicas")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @Execution(CONCURRENT)
    @CsvSource({"StatefulSet,serviceName: w", "DaemonSet,minReadySeconds: 0"})
    void aWorkloadFailsWithItsPodsReason(String kind, String field) throws Exception {
        ManifestDeployment broken = deployment("1", WORKLOAD.formatted(kind, field + ",", "localhost:1/absent:1"));
        broken.plan();
        broken.apply();
        RolloutState end = end(broken, broken.workloads().get(0));
        assertThat(end.phase()).isEqualTo(Phase.FAILED);
        assertThat(end.trouble().message()).contains("pod w-").contains("localhost:1/absent:1");
    }

    @Test
    @Execution(CONCURRENT)
    void aJobFailsWithTheLastWordsOfItsPod() throws Exception {
        ManifestDeployment broken = deployment("1", JOB.formatted(3));
        broken.plan();
        broken.apply();
        RolloutState end = end(broken, broken.workloads().get(0));
        assertThat(end.phase()).isEqualTo(Phase.FAILED);
        assertThat(end.trouble().message()).contains("exit code 3");
        assertThat(end.trouble().log()).contains("last words");
    }

    @Test
    @Execution(CONCURRENT)
    void neverTakesOverWhatOthersMade() throws Exception {
        ObjectNode foreign = (ObjectNode) new ObjectMapper()
                .readTree("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}");
        cluster.api().create(CONFIG_MAP.collection(cluster.namespace()), foreign);
        assertThatThrownBy(() -> deployment("1", MAP.formatted("a", "1")).plan())
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("does not belong to this set")
                .hasMessageContaining("kubectl -n " + cluster.namespace() + " label --overwrite configmaps/a");
    }

    @Test
    @Execution(CONCURRENT)
    void tellsOfAHandThatEditsOrDeletesInTheMiddle() throws Exception {
        ManifestDeployment first = deployment("1", MAP.formatted("a", "1"));
        first.plan();
        first.apply();
        cluster.api().merge(map("a"), new ObjectMapper().readTree("{\"data\":{\"a\":\"by hand\"}}"));
        assertThatThrownBy(first::finish)
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("somebody changed it while it was rolled out");

        ManifestDeployment second = deployment("2", MAP.formatted("b", "1"));
        second.plan();
        second.apply();
        cluster.api()
                .delete(
                        map("b"),
                        cluster.api().get(map("b").path()).at("/metadata/uid").asText());
        assertThatThrownBy(second::finish).hasMessageContaining("was deleted");
        assertThat(cluster.api().find(map("a")))
                .as("nothing is taken away then")
                .isPresent();
    }

    @Test
    @Execution(CONCURRENT)
    void theSameRequestAppliedAgainChangesNothingAndAnOvertakenOneStops() throws Exception {
        ManifestState state = new ManifestState();
        ManifestDeployment first = deployment("1", MAP.formatted("a", "1"), state);
        first.plan();
        ManifestDeployment late = deployment("3", MAP.formatted("a", "3"));
        late.plan();
        first.apply();
        String version = cluster.api()
                .get(map("a").path())
                .at("/metadata/resourceVersion")
                .asText();
        deployment("1", MAP.formatted("a", "1"), state).apply();
        assertThat(cluster.api()
                        .get(map("a").path())
                        .at("/metadata/resourceVersion")
                        .asText())
                .isEqualTo(version);
        assertThatThrownBy(late::apply).hasMessageContaining("was overtaken by retail/release#1");
    }

    @ParameterizedTest
    @Execution(CONCURRENT)
    @CsvSource(
            delimiter = '|',
            value = {
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: kube-system}}|which is not this"
                        + " tenant's",
                "{apiVersion: v1, kind: Namespace, metadata: {name: a}}|belongs to the whole cluster",
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}}|rights are given"
                        + " by",
                "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, containers: []}}|baseline",
                "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{securityContext:"
                        + " {privileged: true}}]}}|baseline",
                "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: v, hostPath: {path: /}}],"
                        + " containers: []}}|hostPath",
                "{apiVersion: x.example/v1, kind: Unknown, metadata: {name: a}}|The cluster has no",
            })
    void whatATenantMayNotHaveIsRefusedBeforeAnythingIsSent(String yaml, String why) throws Exception {
        String all = MAP.formatted("first", "1") + yaml;
        assertThatThrownBy(() -> deployment("1", all).plan()).hasMessageContaining(why);
        assertThat(cluster.api().find(map("first"))).isEmpty();
    }

    @Test
    @Execution(CONCURRENT)
    void masksWhatIsSecretInThePlan() throws Exception {
        assertThat(deployment(
                                "1",
                                "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {word: open-sesame}}")
                        .plan())
                .noneMatch(line -> line.contains("open-sesame"))
                .anyMatch(line -> line.contains("word"));
    }
}
