package io.jenkins.plugins.shera.deploy.steps.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.deploy.bench.ApiDouble;
import io.jenkins.plugins.shera.deploy.bench.Deployed;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A rollout on bad days of its API server: B4 1, 4 and 5 (connections cut, 429, 5xx without end), 2 (409 on update) and 16 (the token expires
 * in the middle) of the list of faults. The double answers badly until something was seen, never for a time.
 */
@WithJenkins
class ClusterFaultsTest {

    private static final Subject SHOP = new Subject("retail", "shop", "prod", "double", "team");
    private static final String RECORD = "/api/v1/namespaces/team/configmaps/shop-rollout";

    private final Faults faults = new Faults();
    private HttpServer server;
    private String address;
    private CredentialsStore credentials;
    private ACLContext system;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        server = ApiDouble.start(faults);
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        system = ACL.as2(ACL.SYSTEM2);
        credentials = CredentialsProvider.lookupStores(rule.jenkins).iterator().next();
        credentials.addCredentials(Domain.global(), token("first"));
        KubernetesCluster cluster = DoubleShop.cluster(address);
        cluster.setTenantAccess(List.of(new TenantLogin("retail", "token")));
        DoubleShop.configure(rule, cluster);
        Deployed.at(address, "team", "shop", 3);
    }

    @AfterEach
    void close() {
        system.close();
        server.stop(0);
    }

    private static StringCredentialsImpl token(String value) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(value));
    }

    private static void begin(PlanStep... steps) throws Exception {
        Releases.begin(SHOP, "shop:2", "2", List.of(steps));
    }

    private static Rollouts.Seen seen() {
        return Rollouts.get().here(SHOP).orElseThrow();
    }

    private static void until(Predicate<RolloutStatus> wanted) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Rollouts.get()
                        .here(SHOP)
                        .map(seen -> seen.record().status())
                        .filter(wanted)
                        .isPresent());
    }

    private static boolean waits(RolloutStatus status, int step) {
        return status.step() == step && status.waitsFor().equals("promote");
    }

    private JsonNode read(String path) throws IOException {
        return new ObjectMapper().readTree(URI.create(address + path).toURL());
    }

    /** Steps as they were recorded, each once, in their order. */
    private List<Integer> stepsRecorded() throws IOException {
        List<Integer> steps = new ArrayList<>();
        for (JsonNode move : read("/double/moves")) {
            int step = move.path("step").asInt(-1);
            if (step >= 0 && (steps.isEmpty() || steps.get(steps.size() - 1) != step)) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static void promoted() {
        await().atMost(Duration.ofSeconds(90)).until(() -> Rollouts.get()
                .look(SHOP)
                .map(found -> found.record().status().phase() == Phase.HEALTHY)
                .orElse(false));
    }

    @Test
    void aStormOfTheApiServerHoldsARolloutAndLosesNothingOfIt() throws Exception {
        begin(new PlanStep.SetWeight(20), new PlanStep.Pause(0), new PlanStep.SetWeight(50), new PlanStep.Pause(0));
        until(status -> waits(status, 1));
        String before = read(RECORD).at("/data/status").asText();
        Rollouts.get().command(SHOP, Verb.of(Verb.Kind.PROMOTE, "ann"));
        faults.begin(
                Faults::isOfCluster,
                Faults.cut(),
                Faults.status(500, "InternalError"),
                Faults.status(429, "TooManyRequests"),
                Faults.status(503, "ServiceUnavailable"));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> faults.given() >= 24 && !seen().problem().isEmpty());
        faults.end();

        until(status -> waits(status, 3));
        assertThat(seen().problem()).isEmpty();
        assertThat(before).contains("\"step\":1");
        assertThat(stepsRecorded()).containsExactly(0, 1, 2, 3);
        Rollouts.get().command(SHOP, Verb.of(Verb.Kind.PROMOTE, "ann"));
        promoted();
        JsonNode stable = read("/apis/apps/v1/namespaces/team/deployments/shop");
        assertThat(stable.at("/spec/template/spec/containers/0/image").asText()).isEqualTo("shop:2");
        assertThat(stable.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(read("/apis/apps/v1/namespaces/team/deployments").path("items"))
                .hasSize(1);
        assertThat(read("/api/v1/namespaces/team/services/shop")
                        .at("/spec/selector/shera.io~1track")
                        .asText())
                .isEqualTo("stable");
    }

    private static boolean writesTheRecord(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("PUT")
                && exchange.getRequestURI().getPath().equals(RECORD);
    }

    @Test
    void aVerbMeetsConflictsAFewTimesAndThenSaysSo() throws Exception {
        begin(new PlanStep.SetWeight(20), new PlanStep.Pause(0));
        until(status -> waits(status, 1));
        faults.begin(ClusterFaultsTest::writesTheRecord, Faults.status(409, "Conflict"));
        assertThatThrownBy(() -> Rollouts.get().command(SHOP, Verb.of(Verb.Kind.ABORT, "ann")))
                .isInstanceOf(KubeException.class)
                .extracting(e -> ((KubeException) e).kind())
                .isEqualTo(KubeException.Kind.CONFLICT);
        // A round of the rollout may want to note the time that passed meanwhile.
        assertThat(faults.given()).as("tries").isBetween(5, 6);
        assertThat(seen().record().status().phase())
                .as("what was not kept is not done")
                .isEqualTo(Phase.PAUSED);

        faults.begin(exchange -> writesTheRecord(exchange) && faults.given() < 4, Faults.status(409, "Conflict"));
        Rollouts.get().command(SHOP, Verb.of(Verb.Kind.ABORT, "ann"));
        assertThat(faults.given()).isEqualTo(4);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> read("/apis/apps/v1/namespaces/team/deployments")
                                .path("items")
                                .size()
                        == 1);
    }

    @Test
    void aTokenThatExpiresInTheMiddleHoldsTheRolloutUntilThereIsAnotherOne() throws Exception {
        begin(new PlanStep.SetWeight(20), new PlanStep.Pause(1), new PlanStep.SetWeight(50), new PlanStep.Pause(0));
        until(status -> status.step() == 1 && status.isReached());
        faults.begin(
                exchange -> Faults.isOfCluster(exchange)
                        && "Bearer first".equals(exchange.getRequestHeaders().getFirst("Authorization")),
                Faults.status(401, "Unauthorized"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Rollouts.get().here(SHOP).isEmpty());
        assertThat(stepsRecorded()).as("nothing moves").isSubsetOf(0, 1);
        credentials.updateCredentials(Domain.global(), token("first"), token("second"));

        until(status -> waits(status, 3));
        assertThat(stepsRecorded()).containsExactly(0, 1, 2, 3);
        Rollouts.get().command(SHOP, Verb.of(Verb.Kind.PROMOTE, "ann"));
        promoted();
    }
}
