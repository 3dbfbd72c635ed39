package io.jenkins.plugins.shera.deploy.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.manifest.Pacing;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Settings of pods in the cluster that KUBECONFIG names. */
@Tag("cluster")
class RealPodTest {

    private TestCluster cluster;
    private int requests;

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

    private Deployment deployment(int replicas, PodPart... parts) {
        ApplicationSpec spec = ApplicationSpec.of("shop", "localhost/busybox:1")
                .replicas(replicas)
                .port(8080, null)
                .pod(PodSettings.of(List.of(parts)))
                .pacing(new Pacing("1", "0", 1))
                .done();
        String id = String.valueOf(++requests);
        Origin origin = new Origin("retail", "shop", "dev", id, "retail/release#" + id);
        return new Deployment(
                cluster.api(), new DeployRequest(spec, origin, "real", cluster.namespace(), 60), new DeployState());
    }

    private JsonNode live() throws Exception {
        return cluster.api().get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path());
    }

    private void apply(String yaml) throws Exception {
        new Applier(cluster.api(), new Kinds(cluster.api()))
                .apply(Manifests.read(yaml, "test").stream()
                        .map(manifest -> manifest.in(cluster.namespace()))
                        .toList());
    }

    @Test
    void theClusterTakesAllOfThemAndWhatIsNotSaidStaysSomebodyElses() throws Exception {
        Deployment first = deployment(0);
        first.plan();
        first.apply();
        JsonNode before = live().at("/spec/template/spec");
        assertThat(before.has("nodeSelector")).isFalse();
        ObjectRef ref = new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
        cluster.api()
                .merge(
                        ref,
                        new com.fasterxml.jackson.databind.ObjectMapper()
                                .readTree(
                                        "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":77}}}}"));

        Deployment second = deployment(
                0,
                PodSettingsTest.part("probe", "kind=liveness", "path=/live", "port=8080"),
                PodSettingsTest.part("probe", "kind=readiness", "by=grpc", "service=shop"),
                PodSettingsTest.part("probe", "kind=startup", "command=true"),
                PodSettingsTest.part("nodeSelector", "labels=kubernetes.io/os=linux"),
                PodSettingsTest.part("toleration", "key=gpu", "effect=NoExecute", "seconds=60"),
                PodSettingsTest.part("spread", "over=zone"),
                PodSettingsTest.part("antiAffinity", "required=true"),
                PodSettingsTest.part("termination", "sleepSeconds=5"));
        assertThat(second.plan()).anyMatch(line -> line.contains("livenessProbe"));
        second.apply();
        JsonNode pod = live().at("/spec/template/spec");
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(77);
        assertThat(pod.at("/containers/0/livenessProbe/httpGet/path").asText()).isEqualTo("/live");
        assertThat(pod.at("/containers/0/readinessProbe/grpc/port").asInt()).isEqualTo(8080);
        assertThat(pod.at("/containers/0/readinessProbe").has("tcpSocket")).isFalse();
        assertThat(pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt())
                .isEqualTo(5);
        assertThat(pod.at("/topologySpreadConstraints/0/matchLabelKeys/0").asText())
                .isEqualTo("pod-template-hash");
        assertThat(live().at("/spec/strategy/rollingUpdate/maxSurge").asInt()).isEqualTo(1);

        Deployment third = deployment(0);
        third.plan();
        third.apply();
        pod = live().at("/spec/template/spec");
        assertThat(pod.at("/containers/0").has("livenessProbe")).isFalse();
        assertThat(pod.has("nodeSelector")).isFalse();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(77);
    }

    @Test
    void apodThatMaySitNowhereFailsWithTheSchedulersReason() throws Exception {
        Deployment deployment = deployment(1, PodSettingsTest.part("nodeSelector", "labels=disk=none"));
        deployment.plan();
        deployment.apply();
        RolloutState seen = await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        deployment::look,
                        state -> state.phase() == RolloutState.Phase.FAILED
                                || state.toString().contains("didn't match"));
        assertThat(seen.toString()).contains("didn't match Pod's node affinity/selector");
    }

    @Test
    void runsOnlyAsAnAccountThatIsTheTenantsAndCannotBecomeSomebodyElse() throws Exception {
        PodPart shop = PodSettingsTest.part("serviceAccount", "name=shop");
        refused("there is no ServiceAccount shop in the namespace", shop);
        account("");
        refused("is nobody's. Bring one along with deployManifests", shop);
        account("annotations: {shera.io/tenant: wholesale}");
        refused("is another tenant's", shop);
        account("annotations: {shera.io/tenant: retail}");
        bind("edit");
        awaitRefusal("may list secrets in the namespace", shop);
        bind("cluster-admin");
        awaitRefusal("may * * in the namespace", shop);
        bind("view");
        Deployment allowed = deployment(0, shop);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> accepted(allowed));
        allowed.apply();
        JsonNode pod = live().at("/spec/template/spec");
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("shop");
        assertThat(pod.path("automountServiceAccountToken").asBoolean()).isTrue();
    }

    private void account(String more) throws Exception {
        apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: shop, "
                + (more.isEmpty() ? "labels: {a: b}" : more) + "}}");
    }

    private void bind(String role) throws Exception {
        ObjectRef ref = new ObjectRef(
                new Kinds(cluster.api()).find("rbac.authorization.k8s.io/v1", "RoleBinding"),
                cluster.namespace(),
                "shop");
        var live = cluster.api().find(ref);
        if (live.isPresent()) {
            cluster.api()
                    .delete(ref, ((ObjectNode) live.get()).at("/metadata/uid").asText());
        }
        apply(
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: shop}, roleRef: {apiGroup:"
                        + " rbac.authorization.k8s.io, kind: ClusterRole, name: " + role
                        + "}, subjects: [{kind: ServiceAccount,"
                        + " name: shop, namespace: " + cluster.namespace() + "}]}");
    }

    private void refused(String why, PodPart part) {
        assertThatThrownBy(() -> deployment(0, part).plan())
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("so nothing was changed")
                .hasMessageContaining(why);
    }

    /** The authorizer learns of a binding a moment later. */
    private void awaitRefusal(String why, PodPart part) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> refused(why, part));
    }

    private static boolean accepted(Deployment deployment) throws Exception {
        try {
            deployment.plan();
            return true;
        } catch (DeployException e) {
            return false;
        }
    }
}
