package io.jenkins.plugins.shera.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.RolloutStore;
import io.jenkins.plugins.shera.deploy.canary.Seal;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody went back from, in the cluster that KUBECONFIG names; no pod is started. */
@Tag("cluster")
class RealPinTest {

    private static final String OLD = "localhost/busybox:1";
    private static final String NEW = "localhost/busybox:2";

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

    private Optional<String> deploy(String image, String mode) throws Exception {
        String id = String.valueOf(++requests);
        Deployment deployment = new Deployment(
                cluster.api(),
                new DeployRequest(
                        ApplicationSpec.of("shop", image)
                                .replicas(0)
                                .env(Map.of("MODE", mode))
                                .done(),
                        new Origin("retail", "shop", "dev", id, "retail/release#" + id),
                        "real",
                        cluster.namespace(),
                        60),
                new DeployState());
        deployment.plan();
        if (deployment.pinned().isEmpty()) {
            deployment.apply();
        }
        return deployment.pinned();
    }

    private JsonNode template() throws Exception {
        return cluster.api()
                .get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path())
                .at("/spec/template");
    }

    private void went(Phase phase, JsonNode before, JsonNode after) throws Exception {
        Subject subject = new Subject("retail", "shop", "dev", "real", cluster.namespace());
        RolloutPlan plan = new RolloutPlan(
                "r" + ++requests, subject, List.of(), "replicas", Map.of(), before, after, 60, false, "ada", "");
        RolloutStatus status = RolloutStatus.of(new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree("{\"phase\":\"" + phase.text() + "\",\"reason\":\"5xx\"}"));
        RolloutStore store = new RolloutStore(cluster.api(), new Seal(new byte[] {1}), subject);
        store.save(plan, status, store.load().map(record -> record.version()).orElse(""));
    }

    @Test
    void whatWasUndoneComesBackOnlyAfterSomethingElse() throws Exception {
        deploy(OLD, "a");
        JsonNode old = template();
        deploy(NEW, "a");
        JsonNode left = template();
        assertThat(deploy(OLD, "a")).isEmpty();
        went(Phase.HEALTHY, left, old);

        assertThat(deploy(NEW, "b"))
                .hasValue("Stable of shop is pinned to " + OLD + ": " + NEW + " was undone by ada.");
        assertThat(template()).isEqualTo(old);
        assertThat(deploy(OLD, "b")).isEmpty();
        assertThat(deploy("localhost/busybox:3", "a")).isEmpty();
        assertThat(deploy(NEW, "a")).isEmpty();
    }

    @Test
    void ofTheSameImageTheVerySameReleaseIsRefused() throws Exception {
        deploy(OLD, "a");
        JsonNode good = template();
        deploy(OLD, "b");
        JsonNode bad = template();
        deploy(OLD, "a");
        went(Phase.ABORTED, good, bad);
        assertThat(deploy(OLD, "b")).hasValueSatisfying(why -> assertThat(why).contains("was Aborted (5xx)."));
        assertThat(deploy(OLD, "c")).isEmpty();
    }
}
