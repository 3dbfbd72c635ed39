package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Pause;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetMatch;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetWeight;
import io.jenkins.plugins.shera.deploy.traffic.IngressTraffic;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.Match;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The router {@code ingress} in the cluster that KUBECONFIG names. Its share is not counted from requests as that of the other routers is:
 * only ingress-nginx knows its canary annotations, it is not to be had as a program that runs alone, and Traefik, which serves Ingress
 * objects beside the Gateway API, names them among those it does not support. So what is held is the objects, and that a
 * controller which would not split is refused.
 */
@Tag("cluster")
class RealIngressTest {

    private TestCluster cluster;
    private RealRollout shop;

    @BeforeEach
    void open() throws Exception {
        cluster = TestCluster.open();
        shop = new RealRollout(cluster);
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void anIngressBesideTheOwnOneCarriesWeightHeaderAndGeneration() throws Exception {
        shop.deploy(1);
        shop.apply(
                """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: shop}
                spec:
                  ingressClassName: none
                  rules:
                  - host: shop.example.com
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 8080}}}}]}
                """);
        IngressTraffic ingress = new IngressTraffic("", 0, 0);
        refusesAControllerThatWouldNotSplit(ingress);
        Rollout rollout = shop.begin(
                ingress,
                "2",
                new SetMatch(new Match(Match.Kind.HEADER, "x-canary", "always")),
                new SetWeight(30),
                new Pause(0));
        shop.drive(rollout, status -> status.waitsFor().equals("promote"));
        String path = "/apis/networking.k8s.io/v1/namespaces/" + cluster.namespace() + "/ingresses/shop-canary";
        JsonNode beside = cluster.api().get(path);
        String nginx = "nginx.ingress.kubernetes.io/canary";
        JsonNode annotations = beside.path("metadata").path("annotations");
        assertThat(annotations.path(nginx).asText()).isEqualTo("true");
        assertThat(annotations.path(nginx + "-weight").asText()).isEqualTo("30");
        assertThat(annotations.path(nginx + "-by-header").asText()).isEqualTo("x-canary");
        assertThat(beside.at("/spec/rules/0/http/paths/0/backend/service/name").asText())
                .isEqualTo("shop-canary");
        rollout.command(Verb.of(Verb.Kind.ABORT, "ann"));
        shop.drive(rollout, RolloutStatus::isOver);
        assertThatThrownBy(() -> cluster.api().get(path)).hasMessageContaining("not found");
        assertThat(shop.canary()).isEmpty();
    }

    private void refusesAControllerThatWouldNotSplit(IngressTraffic ingress) throws Exception {
        ResourceKind classes = new ResourceKind("networking.k8s.io/v1", "IngressClass", "ingressclasses", false);
        ObjectRef ref = new ObjectRef(classes, "", cluster.namespace());
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "networking.k8s.io/v1").put("kind", "IngressClass");
        object.putObject("metadata").put("name", cluster.namespace());
        object.putObject("spec").put("controller", "traefik.io/ingress-controller-of-a-test");
        String uid = cluster.api().apply(ref, object, false).at("/metadata/uid").asText();
        try {
            named(cluster.namespace());
            assertThatThrownBy(() -> shop.begin(ingress, "2", new SetWeight(30)))
                    .hasMessageContaining("is served by traefik.io/")
                    .hasMessageContaining("Choose the router gatewayApi, kubeng or replicas");
        } finally {
            named("none");
            cluster.api().delete(ref, uid);
        }
    }

    private void named(String ingressClass) throws Exception {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("spec").put("ingressClassName", ingressClass);
        cluster.api()
                .merge(
                        shop.ref(new ResourceKind("networking.k8s.io/v1", "Ingress", "ingresses", true), "shop"),
                        change);
    }
}
