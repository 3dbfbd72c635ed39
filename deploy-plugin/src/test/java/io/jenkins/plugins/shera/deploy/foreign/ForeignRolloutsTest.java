package io.jenkins.plugins.shera.deploy.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.deploy.bench.ApiDouble;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the controllers would write stands in an API double: the controllers are two programs of others, each minutes to build, and what we
 * tell them is a change of one field, which a double can hold as well.
 */
class ForeignRolloutsTest {

    private static final String NS = "/namespaces/shop-prod/";
    private static final Subject SHOP = new Subject("retail", "shop", "prod", "main", "shop-prod");
    private static final String ROLLOUTS = "/apis/argoproj.io/v1alpha1" + NS + "rollouts";
    private static final String CANARIES = "/apis/flagger.app/v1beta1" + NS + "canaries";

    private HttpServer server;
    private ClusterClient client;
    private KubeApi api;

    @BeforeEach
    void open() throws Exception {
        server = ApiDouble.start();
        client = ClusterClient.open(
                ClusterAccess.at("http://127.0.0.1:" + server.getAddress().getPort())
                        .declaredInsecure(true)
                        .done(),
                TimeLimits.INTERACTIVE);
        api = client.api();
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    private JsonNode make(String collection, String yaml) throws Exception {
        return api.create(collection, new ObjectMapper(new YAMLFactory()).readTree(yaml));
    }

    private ForeignRollout shop() throws KubeException {
        return new ForeignRollouts().find(api, SHOP).orElseThrow();
    }

    /** A Rollout at its first pause, its revisions 1 and 2 with a pod of each. */
    private void argo() throws Exception {
        String uid = make(
                        ROLLOUTS,
                        """
                metadata: {name: shop}
                spec:
                  strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}, {setWeight: 50}, {pause: {duration: 10m}}, {analysis: {templates: [{templateName: errors}]}}]}}
                  template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: shop, image: 'shop:2'}]}}
                status: {phase: Paused, message: CanaryPauseStep, currentStepIndex: 1, currentPodHash: h2, stableRS: h1,
                  pauseConditions: [{reason: CanaryPauseStep}], canary: {weights: {canary: {weight: 20}}}}
                """)
                .path("metadata")
                .path("uid")
                .asText();
        for (int i = 1; i <= 2; i++) {
            make(
                    "/apis/apps/v1" + NS + "replicasets",
                    """
                    metadata: {name: shop-h%1$d, labels: {rollouts-pod-template-hash: h%1$d}, ownerReferences: [{uid: %2$s}],
                      annotations: {rollout.argoproj.io/revision: '%1$d'}}
                    spec: {replicas: %3$d, template: {metadata: {labels: {app: shop, rollouts-pod-template-hash: h%1$d}}, spec: {containers: [{name: shop, image: 'shop:%1$d'}]}}}
                    status: {readyReplicas: %3$d}
                    """
                            .formatted(i, uid, i == 1 ? 4 : 1));
        }
    }

    private JsonNode rollout() throws KubeException {
        return api.get(ROLLOUTS + "/shop");
    }

    @Test
    void showsARolloutOfArgoAndTellsItWhatItsOwnCommandLineWould() throws Exception {
        argo();
        ForeignRollout shop = shop();
        assertThat(shop.controller()).isEqualTo("Argo Rollouts");
        RolloutPlan plan = shop.record().plan();
        assertThat(plan.image()).isEqualTo("shop:2");
        assertThat(plan.imageBefore()).isEqualTo("shop:1");
        assertThat(plan.steps().stream().map(PlanStep::text))
                .containsExactly("setWeight 20", "pause", "setWeight 50", "pause 10m", "analysis errors");
        assertThat(RolloutPlan.of(plan.toJson()).steps()).isEqualTo(plan.steps());
        assertThat(shop.record().status().phase()).isEqualTo(Phase.PAUSED);
        assertThat(shop.record().status().step()).isEqualTo(1);
        assertThat(shop.world().percent()).isEqualTo(20);
        assertThat(shop.world().stable().ready()).isEqualTo(4);
        assertThat(shop.verbs())
                .containsExactlyInAnyOrder(Verb.Kind.PROMOTE, Verb.Kind.PROMOTE_FULL, Verb.Kind.PAUSE, Verb.Kind.ABORT);

        shop.tell(Verb.of(Verb.Kind.PAUSE, "ann"));
        assertThat(rollout().path("spec").path("paused").asBoolean()).isTrue();
        assertThat(shop().record().status().waitsFor()).isEqualTo("resume");
        shop().tell(Verb.of(Verb.Kind.RESUME, "ann"));
        assertThat(rollout().path("spec").path("paused").asBoolean()).isFalse();
        shop().tell(Verb.of(Verb.Kind.PROMOTE, "ann"));
        assertThat(rollout().path("status").has("pauseConditions")).isFalse();
        assertThat(rollout().path("status").path("currentStepIndex").asInt()).isEqualTo(1);
        // Without a pause to leave, the step under way is left out.
        shop().tell(Verb.of(Verb.Kind.PROMOTE, "ann"));
        assertThat(rollout().path("status").path("currentStepIndex").asInt()).isEqualTo(2);
        shop().tell(Verb.of(Verb.Kind.PROMOTE_FULL, "ann"));
        assertThat(rollout().path("status").path("promoteFull").asBoolean()).isTrue();
        shop().tell(Verb.of(Verb.Kind.ABORT, "ann"));
        assertThat(rollout().path("status").path("abort").asBoolean()).isTrue();
        assertThat(shop().record().status().phase()).isEqualTo(Phase.ABORTED);
        assertThat(shop().verbs()).containsExactly(Verb.Kind.RETRY);
        shop().tell(Verb.of(Verb.Kind.RETRY, "ann"));
        assertThat(rollout().path("status").path("abort").asBoolean()).isFalse();

        shop().undo("");
        JsonNode template = rollout().path("spec").path("template");
        assertThat(template.path("spec")
                        .path("containers")
                        .path(0)
                        .path("image")
                        .asText())
                .isEqualTo("shop:1");
        assertThat(template.path("metadata").path("labels").has("rollouts-pod-template-hash"))
                .isFalse();
    }

    @Test
    void refusesWithTheReasonWhatAControllerCannotDo() throws Exception {
        argo();
        assertThatThrownBy(() -> shop().tell(new Verb(Verb.Kind.SET_WEIGHT, "ann", 30)))
                .isInstanceOf(VerbException.class)
                .hasMessageContaining("takes its weights from the steps");
        assertThatThrownBy(() -> shop().tell(Verb.of(Verb.Kind.RETRY, "ann")))
                .hasMessageContaining("is Paused. What fits now: [promote");
        assertThatThrownBy(() -> shop().undo("9")).hasMessageContaining("no revision 9. Known are: [2, 1]");
    }

    @Test
    void showsACanaryOfFlaggerAndHoldsIt() throws Exception {
        make(
                CANARIES,
                """
                metadata: {name: web}
                spec: {targetRef: {kind: Deployment, name: shop}, analysis: {stepWeight: 25, maxWeight: 75}}
                status: {phase: Progressing, canaryWeight: 50, conditions: [{type: Promoted, message: New revision detected}]}
                """);
        for (String name : List.of("shop", "shop-primary")) {
            make(
                    "/apis/apps/v1" + NS + "deployments",
                    """
                    metadata: {name: %s}
                    spec: {replicas: 2, template: {spec: {containers: [{name: shop, image: 'shop:%d'}]}}}
                    """
                            .formatted(name, name.equals("shop") ? 2 : 1));
        }
        ForeignRollout shop = shop();
        assertThat(shop.controller()).isEqualTo("Flagger");
        assertThat(shop.record().plan().steps().stream().map(PlanStep::text))
                .containsExactly("setWeight 25", "setWeight 50", "setWeight 75");
        assertThat(shop.record().plan().imageBefore()).isEqualTo("shop:1");
        assertThat(shop.record().plan().image()).isEqualTo("shop:2");
        assertThat(shop.record().status().step()).isEqualTo(1);
        assertThat(shop.world().percent()).isEqualTo(50);
        shop.tell(Verb.of(Verb.Kind.PAUSE, "ann"));
        assertThat(api.get(CANARIES + "/web").path("spec").path("suspend").asBoolean())
                .isTrue();
        assertThat(shop().record().status().phase()).isEqualTo(Phase.PAUSED);
        shop().tell(Verb.of(Verb.Kind.RESUME, "ann"));
        assertThat(shop().verbs()).containsExactly(Verb.Kind.PAUSE);
        for (Verb.Kind kind : List.of(
                Verb.Kind.PROMOTE, Verb.Kind.PROMOTE_FULL, Verb.Kind.ABORT, Verb.Kind.RETRY, Verb.Kind.SET_WEIGHT)) {
            assertThatThrownBy(() -> shop().tell(Verb.of(kind, "ann")))
                    .isInstanceOf(VerbException.class)
                    .hasMessageContaining("Flagger drives this rollout (Canary web), and ");
        }
        assertThatThrownBy(() -> shop().undo("")).hasMessageContaining("keeps no revisions");
        assertThat(new ForeignRollouts().find(api, new Subject("retail", "stock", "prod", "main", "shop-prod")))
                .isEmpty();
    }
}
