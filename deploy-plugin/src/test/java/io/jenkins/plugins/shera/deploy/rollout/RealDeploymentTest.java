package io.jenkins.plugins.shera.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.RolloutState.Phase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against the cluster that KUBECONFIG names. */
@Tag("cluster")
class RealDeploymentTest {

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

    private DeployRequest request(String id, Map<String, String> env) {
        return new DeployRequest(
                ApplicationSpec.of("shop", BUSYBOX)
                        .replicas(0)
                        .port(80, null)
                        .env(env)
                        .done(),
                new Origin("retail", "shop", "dev", id, "retail/release#" + id),
                "real",
                cluster.namespace(),
                60);
    }

    private RolloutState end(Deployment deployment) {
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(deployment::look, state -> state.phase() != Phase.PROGRESSING);
    }

    private JsonNode live() throws Exception {
        return cluster.api().find(ref()).orElseThrow();
    }

    private ObjectRef ref() {
        return new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
    }

    private ObjectRef service() {
        return new ObjectRef(ResourceKind.SERVICE, cluster.namespace(), "shop");
    }

    @Test
    void startsOneRevisionHoweverOftenTheSameRequestIsApplied() throws Exception {
        DeployState state = new DeployState();
        Deployment deployment = new Deployment(cluster.api(), request("1", Map.of()), state);
        assertThat(deployment.plan()).contains("create Deployment " + cluster.namespace() + "/shop");
        deployment.apply();
        new Deployment(cluster.api(), request("1", Map.of()), state).apply();
        RolloutState complete = end(deployment);
        assertThat(complete.phase()).as(complete.toString()).isEqualTo(Phase.COMPLETE);
        assertThat(complete.revision()).isEqualTo("1");
        assertThat(live().path("metadata").path("generation").asInt()).isEqualTo(1);
        assertThat(deployment.outcome(complete).address()).matches("[0-9.]+:80");
    }

    @Test
    void refusesToTakeOverWhatSomebodyElseMade() throws Exception {
        ObjectNode foreign = (ObjectNode) new ObjectMapper()
                .readTree("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"shop\"},"
                        + "\"spec\":{\"ports\":[{\"port\":80}]}}");
        cluster.api().apply(service(), foreign, false);
        Deployment deployment = new Deployment(cluster.api(), request("1", Map.of()), new DeployState());
        assertThatThrownBy(deployment::plan)
                .isInstanceOf(DeployException.class)
                .hasMessageContaining(
                        "there is a Service 'shop' that was not made for this application and environment."
                                + " Nothing was changed.");
        assertThat(cluster.api().find(ref())).isEmpty();
    }

    @Test
    void changesNothingWhenTheServerWouldRefuse() throws Exception {
        DeployRequest bad = new DeployRequest(
                ApplicationSpec.of("shop", "UPPER//case")
                        .replicas(0)
                        .port(80, null)
                        .resources("2", "1k")
                        .done(),
                new Origin("retail", "shop", "dev", "1", "b"),
                "real",
                "absent-" + cluster.namespace(),
                60);
        assertThatThrownBy(() -> new Deployment(cluster.api(), bad, new DeployState()).plan())
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("the cluster would refuse it, so nothing was changed.")
                .hasMessageContaining("not found");
    }

    @Test
    void stopsWhenAnotherBuildDeployedMeanwhile() throws Exception {
        DeployState first = new DeployState();
        Deployment older = new Deployment(cluster.api(), request("1", Map.of()), first);
        older.plan();
        older.apply();
        Deployment newer = new Deployment(cluster.api(), request("2", Map.of("A", "2")), new DeployState());
        newer.plan();
        newer.apply();
        assertThatThrownBy(older::look)
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("was overtaken by retail/release#2");
        assertThatThrownBy(older::apply).isInstanceOf(DeployException.class);
        assertThat(live().path("metadata")
                        .path("annotations")
                        .path("shera.io/request")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void abortOfTheFirstDeploymentLeavesNothing() throws Exception {
        Deployment deployment = new Deployment(cluster.api(), request("1", Map.of()), new DeployState());
        deployment.plan();
        deployment.apply();
        assertThat(deployment.abort())
                .startsWith("The application was not there before. Removed again: Deployment " + cluster.namespace());
        assertThat(cluster.api().find(ref())).isEmpty();
        assertThat(cluster.api().find(service())).isEmpty();
        assertThat(deployment.abort()).isEqualTo("Nothing of this deployment is in the cluster.");
    }

    @Test
    void abortOfALaterDeploymentGoesBackToThePodsBefore() throws Exception {
        Deployment first = new Deployment(cluster.api(), request("1", Map.of("A", "1")), new DeployState());
        first.plan();
        first.apply();
        JsonNode before = live().path("spec").path("template");
        Deployment second = new Deployment(cluster.api(), request("2", Map.of("A", "2")), new DeployState());
        assertThat(second.plan()).anyMatch(line -> line.contains("env[A].value: 1 -> 2"));
        second.apply();
        assertThat(second.abort()).isEqualTo("Went back to " + BUSYBOX + ".");
        assertThat(live().path("spec").path("template")).isEqualTo(before);
    }
}
