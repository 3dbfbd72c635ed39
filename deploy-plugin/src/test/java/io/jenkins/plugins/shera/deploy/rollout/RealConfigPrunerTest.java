package io.jenkins.plugins.shera.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against the cluster that KUBECONFIG names. */
@Tag("cluster")
class RealConfigPrunerTest {

    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final Duration NEVER_YOUNG = Duration.ofSeconds(-60);

    private static DeployRequest request(TestCluster cluster, String id, String application) {
        return new DeployRequest(
                ApplicationSpec.of(application, "localhost/busybox:1")
                        .replicas(0)
                        .config(Map.of("/app/app.yml", "id: " + id), Set.of(), Set.of())
                        .done(),
                new Origin("retail", application, "dev", id, "retail/release#" + id),
                "real",
                cluster.namespace(),
                60);
    }

    private static Deployment deploy(TestCluster cluster, String id, String application) throws Exception {
        Deployment deployment = new Deployment(cluster.api(), request(cluster, id, application), new DeployState());
        deployment.plan();
        deployment.apply();
        return deployment;
    }

    private static List<String> left(TestCluster cluster) throws KubeException {
        return cluster.api().list(CONFIG_MAP, cluster.namespace(), "shera.io/config-of", "").stream()
                .map(each -> each.path("data").path("file-0").asText())
                .sorted()
                .toList();
    }

    @Test
    void takesAwayWhatNoRevisionNamesAndNothingElse() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            Deployment first = deploy(cluster, "1", "shop");
            deploy(cluster, "2", "shop");
            deploy(cluster, "3", "stock");
            ConfigPruner pruner = new ConfigPruner(
                    cluster.api(), cluster.namespace(), "shop", new Origin("retail", "shop", "dev", "9", ""));
            assertThat(pruner.prune(NEVER_YOUNG)).as("undo could go back to 1").isEmpty();

            ResourceKind sets = new ResourceKind("apps/v1", "ReplicaSet", "replicasets", true);
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> cluster.api()
                                    .list(sets, cluster.namespace(), "app.kubernetes.io/name=shop", "")
                                    .size()
                            == 2);
            for (var set : cluster.api().list(sets, cluster.namespace(), "app.kubernetes.io/name=shop", "")) {
                if (set.at("/metadata/annotations/deployment.kubernetes.io~1revision")
                        .asText()
                        .equals("1")) {
                    cluster.api()
                            .delete(
                                    new io.jenkins.plugins.shera.kube.api.ObjectRef(
                                            sets,
                                            cluster.namespace(),
                                            set.at("/metadata/name").asText()),
                                    set.at("/metadata/uid").asText());
                }
            }
            assertThat(first.prune())
                    .as("it might be for a Deployment that comes next")
                    .isEmpty();
            assertThat(pruner.prune(NEVER_YOUNG)).hasSize(1);
            assertThat(left(cluster)).containsExactly("id: 2", "id: 3");
        }
    }

    @Test
    void anAbortOfTheFirstDeploymentTakesItsConfigurationAlong() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            Deployment only = deploy(cluster, "1", "shop");
            assertThat(left(cluster)).containsExactly("id: 1");
            assertThat(only.abort()).contains("ConfigMap");
            assertThat(left(cluster)).isEmpty();
        }
    }
}
