package io.jenkins.plugins.shera.deploy.foreign;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;

/** An application that a real controller of others rolls out, where the cluster has one: they are no part of what SheRa needs. */
public final class RealControllers {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(60);

    private static final String PODS =
            """
            selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: shop
                    image: localhost/busybox:1
                    env: [{name: VERSION, value: "1"}]
                    resources: {requests: {cpu: 5m}}
                    command: [httpd, -f, -p, "8080"]
                    ports: [{name: http, containerPort: 8080}]
                    readinessProbe: {periodSeconds: 1, tcpSocket: {port: 8080}}
            """;

    private final TestCluster cluster;
    private final Subject subject;

    private RealControllers(TestCluster cluster) {
        this.cluster = cluster;
        this.subject = new Subject("retail", "shop", "prod", "real", cluster.namespace());
    }

    /** A Rollout of two pods that is Healthy, its steps half, pause, all, pause; the test is skipped where no Argo Rollouts works. */
    public static RealControllers argo(TestCluster cluster) throws Exception {
        RealControllers shop = new RealControllers(cluster);
        shop.need(ForeignRollouts.ARGO, "Argo Rollouts");
        shop.apply(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: shop}
                spec:
                  replicas: 2
                  strategy: {canary: {steps: [{setWeight: 50}, {pause: {}}, {setWeight: 100}, {pause: {}}]}}
                """
                        + "  " + PODS);
        shop.answered(ForeignRollouts.ARGO, "Argo Rollouts");
        shop.until(Phase.HEALTHY, "");
        return shop;
    }

    /** A Deployment that a Canary took over, by weights of 25 and 50; skipped where no Flagger or no Gateway API works. */
    public static RealControllers flagger(TestCluster cluster) throws Exception {
        RealControllers shop = new RealControllers(cluster);
        shop.need(ForeignRollouts.FLAGGER, "Flagger");
        shop.need(new ResourceKind("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", true), "Gateway API");
        shop.apply("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 1\n  " + PODS);
        shop.apply(
                """
                apiVersion: flagger.app/v1beta1
                kind: Canary
                metadata: {name: shop}
                spec:
                  provider: gatewayapi:v1
                  targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
                  progressDeadlineSeconds: 120
                  service: {port: 8080, hosts: [%1$s.test], gatewayRefs: [{name: realkube, namespace: gateway}]}
                  analysis: {interval: 10s, threshold: 5, stepWeight: 25, maxWeight: 50, metrics: []}
                """
                        .formatted(cluster.namespace()));
        shop.answered(ForeignRollouts.FLAGGER, "Flagger");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> shop.object(ForeignRollouts.FLAGGER)
                .path("status")
                .path("phase")
                .asText()
                .equals("Initialized"));
        return shop;
    }

    private void need(ResourceKind kind, String name) throws KubeException {
        boolean there = true;
        try {
            cluster.api().list(kind, cluster.namespace(), "", "");
        } catch (KubeException e) {
            if (e.kind() != KubeException.Kind.NOT_FOUND) {
                throw e;
            }
            there = false;
        }
        Assumptions.assumeTrue(there, "no " + name + ": the cluster does not know " + kind.plural());
    }

    /** The kind may have been left behind by a controller that is gone. */
    private void answered(ResourceKind kind, String name) {
        boolean there = true;
        try {
            await().atMost(FIRST_ANSWER)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !object(kind).path("status").isEmpty());
        } catch (ConditionTimeoutException e) {
            there = false;
        }
        Assumptions.assumeTrue(
                there, "no " + name + ": the cluster knows " + kind.plural() + ", and nobody acts on them");
    }

    private void apply(String yaml) throws Exception {
        for (Manifest manifest : Manifests.read(yaml, "test")) {
            JsonNode object = manifest.in(cluster.namespace()).content();
            ResourceKind kind = List.of(ForeignRollouts.ARGO, ForeignRollouts.FLAGGER, ResourceKind.DEPLOYMENT).stream()
                    .filter(each -> each.kind().equals(object.path("kind").asText()))
                    .findFirst()
                    .orElseThrow();
            cluster.api().create(kind.collection(cluster.namespace()), object);
        }
    }

    /** The object of this kind that is named as the application. */
    public JsonNode object(ResourceKind kind) throws KubeException {
        return cluster.api().get(new ObjectRef(kind, cluster.namespace(), "shop").path());
    }

    /** Releases a version by changing the pods of this object, as anybody would. */
    public void release(ResourceKind kind, String version) throws Exception {
        JsonNode containers =
                object(kind).path("spec").path("template").path("spec").path("containers");
        String changed = containers
                .toString()
                .replaceAll("(\"name\":\"VERSION\",\"value\":)\"[0-9]+\"", "$1\"" + version + "\"");
        cluster.api()
                .merge(
                        new ObjectRef(kind, cluster.namespace(), "shop"),
                        new ObjectMapper()
                                .readTree("{\"spec\":{\"template\":{\"spec\":{\"containers\":" + changed + "}}}}"));
    }

    /** Releases a version of Argo's Rollout whose pods never get ready. */
    void hang() throws Exception {
        cluster.api()
                .merge(
                        new ObjectRef(ForeignRollouts.ARGO, cluster.namespace(), "shop"),
                        new ObjectMapper()
                                .readTree(
                                        "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"nowhere\":\"true\"}}}}}"));
    }

    /** How SheRa sees it now. */
    public ForeignRollout shop() throws KubeException {
        return new ForeignRollouts().find(cluster.api(), subject).orElseThrow();
    }

    /** Gives a verb, as pages, steps, REST and CLI pass it on. */
    public void tell(Verb.Kind verb) throws Exception {
        shop().tell(Verb.of(verb, "ann"));
    }

    /** Waits for a phase, and for what it waits for. */
    public RolloutStatus until(Phase phase, String waitsFor) {
        return await("is " + phase + " and waits for '" + waitsFor + "'")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> shop().record().status(),
                        status -> status.phase() == phase && status.waitsFor().equals(waitsFor));
    }

    /** Waits until this step is under way, whatever the phase. */
    public void untilStep(int step) {
        await("is at step " + step)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> shop().record().status().step() == step);
    }
}
