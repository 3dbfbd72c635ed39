package io.jenkins.plugins.shera.deploy.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.deploy.rollout.Replicas;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Against the cluster that KUBECONFIG names; the pods do nothing, so that their number is all there is to see. */
@Tag("cluster")
class RealScalingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    private Subject subject() {
        return new Subject("retail", "shop", "dev", "real", cluster.namespace());
    }

    private Scaling scaling() {
        return new Scaling(cluster.api(), subject(), "retail/scale#1");
    }

    private List<String> deploy(String id, Integer replicas, String cpu) throws Exception {
        Deployment deployment = new Deployment(
                cluster.api(),
                new DeployRequest(
                        ApplicationSpec.of("shop", "localhost/busybox:1")
                                .replicas(replicas)
                                .env(Map.of("ID", id))
                                .resources(cpu, null)
                                .done(),
                        new Origin("retail", "shop", "dev", id, "retail/release#" + id),
                        "real",
                        cluster.namespace(),
                        60),
                new DeployState());
        List<String> plan = deployment.plan();
        deployment.apply();
        return plan;
    }

    private JsonNode live() throws Exception {
        return cluster.api().get(ref().path());
    }

    private ObjectRef ref() {
        return new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
    }

    @Test
    @Execution(CONCURRENT)
    void aDeploymentThatNamesNoNumberKeepsTheOneThatIsThere() throws Exception {
        deploy("1", 2, "10m");
        assertThat(deploy("2", null, "10m")).noneMatch(line -> line.contains("replicas"));
        assertThat(Replicas.of(live())).isEqualTo(2);

        assertThat(deploy("3", 3, "10m")).contains("  spec.replicas: 2 -> 3");
        assertThat(Replicas.of(live())).isEqualTo(3);
        deploy("4", null, "10m");
        assertThat(Replicas.of(live())).isEqualTo(3);

        scaling().apply(ScaleOrder.of(1, null, null, null, null, false));
        deploy("5", null, "10m");
        assertThat(Replicas.of(live())).isEqualTo(1);
        assertThat(deploy("6", 2, "10m")).contains("  spec.replicas: 1 -> 2");
        assertThat(Replicas.of(live())).isEqualTo(2);
    }

    @Test
    @Execution(CONCURRENT)
    void theNumberOfTheFirstDeploymentIsOursToChange() throws Exception {
        deploy("1", 1, "10m");
        assertThat(deploy("2", 2, "10m")).contains("  spec.replicas: 1 -> 2");
        assertThat(Replicas.of(live())).isEqualTo(2);
    }

    @Test
    @Execution(CONCURRENT)
    void aNumberSetByHandIsNotTakenBySilence() throws Exception {
        deploy("1", 1, "10m");
        cluster.api()
                .applyPart(
                        ref(),
                        JSON.readTree(
                                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"shop\"},"
                                        + "\"spec\":{\"replicas\":4}}"),
                        "-somebody",
                        true,
                        false);
        deploy("2", null, "10m");
        assertThat(Replicas.of(live())).isEqualTo(4);
        assertThatThrownBy(() -> deploy("3", 2, "10m"))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("somebody else set the number of pods to 4")
                .hasMessageContaining("scaleApplication");
        scaling().apply(ScaleOrder.of(2, null, null, null, null, false));
        assertThat(Replicas.of(live())).isEqualTo(2);
    }

    @Test
    @Execution(CONCURRENT)
    void sleepsAndWakesToWhatItHad() throws Exception {
        deploy("1", 3, "10m");
        assertThat(scaling().apply(ScaleOrder.of(0, null, null, null, null, false)))
                .endsWith("3 -> 0 pods; it sleeps and wakes to 3.");
        assertThat(scaling().apply(ScaleOrder.of(0, null, null, null, null, false)))
                .endsWith("it sleeps and wakes to 3.");
        deploy("2", null, "10m");
        assertThat(scaling().look().orElseThrow().asleepFrom()).isEqualTo(3);
        assertThat(scaling().apply(ScaleOrder.of(null, null, null, null, null, true)))
                .endsWith("wakes: 0 -> 3 pods.");
        assertThat(scaling().look().orElseThrow().asleepFrom()).isZero();
        assertThat(live().path("metadata").path("annotations").has(Replicas.ASLEEP_FROM))
                .isFalse();
        assertThat(scaling().apply(ScaleOrder.of(null, null, null, null, null, true)))
                .endsWith("is awake: 3 pods.");
    }

    @Test
    @Execution(CONCURRENT)
    void anAutoscalerOwnsTheNumberUntilItIsReplacedByAFixedOne() throws Exception {
        deploy("1", 1, "");
        assertThatThrownBy(() -> scaling().apply(ScaleOrder.of(null, 2, 4, 70, null, false)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("container shop asks for no cpu");
        deploy("2", null, "10m");
        assertThat(scaling().apply(ScaleOrder.of(null, 2, 4, 70, null, false))).endsWith("2 to 4 pods by CPU 70 %.");
        assertThat(Replicas.of(live())).isEqualTo(2);
        ScaleFacts facts = scaling().look().orElseThrow();
        assertThat(facts.ours()).isTrue();
        assertThat(facts.autoscaler().target("cpu")).isEqualTo(70);

        assertThat(deploy("3", 9, "10m"))
                .contains("The number of pods is left to the HorizontalPodAutoscaler shop (2 to 4); replicas: 9 is not"
                        + " applied.");
        assertThat(Replicas.of(live())).isEqualTo(2);
        CustomMetric each = CustomMetric.of("", "http_requests_per_second", "10", null, "path=shop");
        assertThat(scaling().apply(ScaleOrder.of(null, 2, 4, 70, null, each, false)))
                .endsWith("2 to 4 pods by CPU 70 % and http_requests_per_second with path=shop 10.");
        CustomMetric seen =
                CustomMetric.of(scaling().look().orElseThrow().autoscaler().live());
        assertThat(seen.toString()).isEqualTo(each.toString());
        assertThat(deploy("4", 9, "10m")).anyMatch(line -> line.contains("replicas: 9 is not applied."));
        assertThat(Replicas.of(live())).isEqualTo(2);
        CustomMetric whole = CustomMetric.of("object", "requests", "2k", "Ingress/shop", null);
        scaling().apply(ScaleOrder.of(null, 2, 4, null, null, whole, false));
        JsonNode metrics =
                scaling().look().orElseThrow().autoscaler().live().path("spec").path("metrics");
        assertThat(metrics).hasSize(1);
        assertThat(metrics.path(0)
                        .path("object")
                        .path("describedObject")
                        .path("apiVersion")
                        .asText())
                .isEqualTo("networking.k8s.io/v1");
        CustomMetric outside = CustomMetric.of("external", "queue_depth", "500m", "", "queue=orders,env=prod");
        scaling().apply(ScaleOrder.of(null, 2, 4, null, null, outside, false));
        assertThat(CustomMetric.of(scaling().look().orElseThrow().autoscaler().live())
                        .kind())
                .isEqualTo(CustomMetric.Kind.EXTERNAL);

        scaling().apply(ScaleOrder.of(null, 3, 5, 60, null, false));
        assertThat(Replicas.of(live())).isEqualTo(3);
        assertThat(CustomMetric.of(scaling().look().orElseThrow().autoscaler().live()))
                .isNull();

        assertThat(scaling().apply(ScaleOrder.of(1, null, null, null, null, false)))
                .startsWith("The autoscaler (3 to 5) was removed.");
        assertThat(Replicas.of(live())).isEqualTo(1);
        assertThat(Autoscaler.of(cluster.api(), cluster.namespace(), "shop")).isEmpty();
    }

    @Test
    @Execution(CONCURRENT)
    void theClustersOwnAutoscalerChangesTheNumberUnderADeployment() throws Exception {
        deploy("1", 1, "10m");
        scaling().apply(ScaleOrder.of(null, 2, 4, 70, null, false));
        cluster.api()
                .merge(
                        new ObjectRef(Autoscaler.KIND, cluster.namespace(), "shop"),
                        JSON.readTree("{\"spec\":{\"minReplicas\":4}}"));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(Replicas.of(live())).isEqualTo(4));
        deploy("2", 1, "10m");
        assertThat(Replicas.of(live())).isEqualTo(4);
    }

    @Test
    @Execution(CONCURRENT)
    void leavesAForeignAutoscalerAndAForeignDeploymentAlone() throws Exception {
        assertThatThrownBy(() -> scaling().apply(ScaleOrder.of(1, null, null, null, null, false)))
                .hasMessageContaining("it is not deployed there");
        deploy("1", 1, "10m");
        cluster.api()
                .applyPart(
                        new ObjectRef(Autoscaler.KIND, cluster.namespace(), "by-hand"),
                        JSON.readTree("{\"apiVersion\":\"autoscaling/v2\",\"kind\":\"HorizontalPodAutoscaler\","
                                + "\"metadata\":{\"name\":\"by-hand\"},\"spec\":{\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\","
                                + "\"kind\":\"Deployment\",\"name\":\"shop\"},\"maxReplicas\":3}}"),
                        "-somebody",
                        false,
                        false);
        assertThatThrownBy(() -> scaling().apply(ScaleOrder.of(2, null, null, null, null, false)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining(
                        "the HorizontalPodAutoscaler by-hand owns the number of pods, and SheRa did not make it");
        assertThat(Replicas.of(live())).isEqualTo(1);
    }

    @Test
    @Execution(CONCURRENT)
    void metricsAreChecked() {
        assertThat(CustomMetric.of("", " ", null, "", "")).isNull();
        assertThatThrownBy(() -> CustomMetric.of("node", "x", "1", "", ""))
                .hasMessage("'node' cannot be the parameter metricKind. Give pods, object or external.");
        for (String name : new String[] {"", "../secrets", "a/b", "a b", "\u5ea6", "x".repeat(254), "a%2fb"}) {
            assertThatThrownBy(() -> CustomMetric.of("pods", name, "1", "", ""))
                    .hasMessageContaining("cannot be the parameter metric.");
        }
        for (String target : new String[] {"", "0", "-1", "many", "1e9"}) {
            assertThatThrownBy(() -> CustomMetric.of("pods", "x", target, "", ""))
                    .hasMessageContaining("cannot be the parameter metricTarget. Give a number above 0");
        }
        for (String object : new String[] {"", "shop", "Secret/shop", "Ingress/Shop", "Ingress/../x"}) {
            assertThatThrownBy(() -> CustomMetric.of("object", "x", "1", object, ""))
                    .hasMessageContaining("cannot be the parameter metricObject. Give kind and name");
        }
        assertThatThrownBy(() -> CustomMetric.of("pods", "x", "1", "Ingress/shop", ""))
                .hasMessageContaining("Give it with metricKind object only");
        for (String selector : new String[] {"a", "a=b,", "a=b,a=c", "a=b c", "=b"}) {
            assertThatThrownBy(() -> CustomMetric.of("external", "x", "1", "", selector))
                    .hasMessageContaining("cannot be the parameter metricSelector. Give labels");
        }
        CustomMetric metric = CustomMetric.of("pods", "x", "1", "", "");
        assertThatThrownBy(() -> ScaleOrder.of(2, null, null, null, null, metric, false))
                .hasMessageContaining("give max, too");
    }

    @Test
    @Execution(CONCURRENT)
    void ordersAreChecked() {
        assertThatThrownBy(() -> ScaleOrder.of(null, null, null, null, null, false))
                .hasMessageStartingWith("Give one of:");
        assertThatThrownBy(() -> ScaleOrder.of(1, null, 3, 70, null, false)).hasMessageStartingWith("Give one of:");
        assertThatThrownBy(() -> ScaleOrder.of(-1, null, null, null, null, false))
                .hasMessage("'-1' cannot be the parameter replicas. Give a number from 0 to 1000.");
        assertThatThrownBy(() -> ScaleOrder.of(null, 5, 3, 70, null, false))
                .hasMessage("'3' cannot be the parameter max. Give a number from 5 to 1000.");
        assertThatThrownBy(() -> ScaleOrder.of(null, 1, 3, null, null, false))
                .hasMessageContaining("looks at cpu, memory or a metric");
        assertThatThrownBy(() -> ScaleOrder.of(2, 1, null, null, null, false)).hasMessageContaining("give max, too");
    }
}
