package io.jenkins.plugins.shera.kube.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.RealCluster;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.ConnectionTest;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against the API server that KUBECONFIG names. */
@Tag("cluster")
class RealApplyTest {

    private static final String CONFIG = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {a: '%s'}}";

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

    @Test
    void plansWithoutChangingAnythingAndThenDoesWhatItPlanned() throws Exception {
        List<Manifest> first = cluster.manifests(CONFIG.formatted("settings", "1"));
        assertThat(cluster.applier().plan(first).changes())
                .extracting(Change::action)
                .containsExactly(Change.Action.CREATE);
        assertThat(cluster.applier().plan(first).creations()).hasSize(1);
        assertThat(cluster.api().find(cluster.applier().ref(first.get(0)))).isEmpty();

        cluster.applier().apply(first);
        assertThat(cluster.applier().plan(first).lines())
                .containsExactly("keep ConfigMap " + cluster.namespace() + "/settings");

        Plan second = cluster.applier().plan(cluster.manifests(CONFIG.formatted("settings", "2")));
        assertThat(second.lines())
                .containsExactly("update ConfigMap " + cluster.namespace() + "/settings", "    ~ data.a: 1 -> 2");
    }

    @Test
    void namesTheManagerThatOwnsAField() throws Exception {
        ClusterClient other = ClusterClient.open(cluster.access(), TimeLimits.STANDARD);
        String path = "/api/v1/namespaces/" + cluster.namespace() + "/configmaps?fieldManager=somebody-else";
        other.api()
                .create(
                        path,
                        RealCluster.json(
                                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"settings\"},"
                                        + "\"data\":{\"a\":\"theirs\"}}"));
        other.close();
        Plan plan = cluster.applier().plan(cluster.manifests(CONFIG.formatted("settings", "ours")));
        assertThat(plan.refusals()).singleElement().satisfies(change -> {
            assertThat(change.refusal().kind()).isEqualTo(KubeException.Kind.CONFLICT);
            assertThat(change.refusal().conflicts())
                    .containsExactly(new KubeException.FieldConflict("somebody-else", ".data.a"));
        });
    }

    @Test
    void saysWhatWasAppliedBeforeTheOneThatWasRefused() throws Exception {
        String broken = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bad}, spec: {selector: {matchLabels:"
                + " {a: b}}, template: {metadata: {labels: {a: OTHER}}, spec: {containers: [{name: c, image: x}]}}}}";
        List<Manifest> both = cluster.manifests(broken + "\n---\n" + CONFIG.formatted("settings", "1"));
        assertThatThrownBy(() -> cluster.applier().apply(both))
                .isInstanceOf(ApplyException.class)
                .hasMessageStartingWith("Deployment bad was refused. ")
                .hasMessageContaining("`selector` does not match template `labels`")
                .hasMessageEndingWith("Applied before it: ConfigMap " + cluster.namespace() + "/settings.");
        List<Manifest> settings = both.subList(1, 2);
        assertThat(cluster.applier().withdraw(List.of(cluster.applier().ref(settings.get(0))), live -> true))
                .hasSize(1);
        assertThat(cluster.api().find(cluster.applier().ref(settings.get(0)))).isEmpty();
    }

    @Test
    void keepsAnObjectThatIsNotOurs() throws Exception {
        List<Manifest> settings = cluster.manifests(CONFIG.formatted("settings", "1"));
        List<JsonNode> applied = cluster.applier().apply(settings);
        assertThat(applied.get(0).path("data").path("a").asText()).isEqualTo("1");
        assertThat(cluster.applier().withdraw(List.of(cluster.applier().ref(settings.get(0))), live -> false))
                .isEmpty();
        assertThat(cluster.api().find(cluster.applier().ref(settings.get(0)))).isPresent();
    }

    @Test
    void findsKindsItHasNoClassForAndSaysWhenTheClusterHasNone() throws Exception {
        Kinds kinds = new Kinds(cluster.api());
        assertThat(kinds.find("policy/v1", "PodDisruptionBudget").collection("n"))
                .isEqualTo("/apis/policy/v1/namespaces/n/poddisruptionbudgets");
        assertThat(kinds.find("storage.k8s.io/v1", "StorageClass").namespaced()).isFalse();
        assertThatThrownBy(() -> kinds.find("example.com/v1", "Gadget"))
                .hasMessage("The cluster has no apiVersion example.com/v1. Correct the spelling, or install the"
                        + " definition first.");
    }

    @Test
    void actsWithTheRightsOfTheImpersonatedUserAlone() throws Exception {
        ClusterAccess tenant = cluster.access().impersonating("shera:tenant", List.of("shera"));
        try (ClusterClient client = ClusterClient.open(tenant, TimeLimits.STANDARD)) {
            assertThatThrownBy(() -> new Applier(client.api(), new Kinds(client.api()))
                            .apply(cluster.manifests(CONFIG.formatted("settings", "1"))))
                    .hasMessageContaining("User \"shera:tenant\" cannot patch resource \"configmaps\"");
            ConnectionTest.Report report = ConnectionTest.run(client.api(), cluster.namespace());
            assertThat(report.isSufficient()).isFalse();
            assertThat(report.missing())
                    .extracting(ConnectionTest.Right::toString)
                    .contains("patch deployments.apps", "get pods/log");
        }
        assertThat(ConnectionTest.run(cluster.api(), cluster.namespace())).satisfies(report -> {
            assertThat(report.version()).startsWith("v1.");
            assertThat(report.missing()).isEmpty();
        });
    }

    @Test
    void refusesAServerWhoseAuthorityItDoesNotKnow() {
        ClusterAccess unknown = ClusterAccess.at(cluster.access().server().toString())
                .withToken("x")
                .done();
        try (ClusterClient client = ClusterClient.open(unknown, TimeLimits.INTERACTIVE)) {
            assertThatThrownBy(() -> client.api().get("/version"))
                    .isInstanceOf(KubeException.class)
                    .extracting(e -> ((KubeException) e).kind())
                    .isEqualTo(KubeException.Kind.UNTRUSTED);
        }
    }

    @Test
    void saysThatATokenIsWrong() {
        ClusterAccess wrong = ClusterAccess.at(cluster.access().server().toString())
                .withToken("not-a-token")
                .declaredInsecure(true)
                .done();
        try (ClusterClient client = ClusterClient.open(wrong, TimeLimits.INTERACTIVE)) {
            assertThatThrownBy(() -> client.api().get("/api/v1/namespaces/default/pods"))
                    .hasMessageEndingWith(": Unauthorized. The token or certificate is wrong or has expired: renew the"
                            + " credential.");
        }
    }
}
