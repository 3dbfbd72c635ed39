package io.jenkins.plugins.shera.deploy.steps.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.bench.ApiDouble;
import io.jenkins.plugins.shera.deploy.bench.Deployed;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a rollout asks of an API server, counted by a double with watches: with thousands of them each needless request shows. */
@WithJenkins
class StepRequestsTest {

    private static final Subject SHOP = new Subject("retail", "shop", "prod", "double", "team");
    private static final String RECORD = "PUT /api/v1/namespaces/team/configmaps/shop-rollout";
    private static final String CANARY = "PATCH /apis/apps/v1/namespaces/team/deployments/shop-canary";
    private static final String SERVICE = "PATCH /api/v1/namespaces/team/services/shop";

    @Test
    void aStepAsksForNothingAndWritesOnlyWhatChanges(JenkinsRule rule) throws Exception {
        HttpServer server = ApiDouble.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            DoubleShop.configure(rule, address);
            Deployed.at(address, "team", "shop", 3);
            Releases.begin(
                    SHOP,
                    "shop:2",
                    "2",
                    List.of(
                            new PlanStep.SetWeight(10),
                            new PlanStep.Pause(2),
                            new PlanStep.SetWeight(20),
                            new PlanStep.Pause(2),
                            new PlanStep.SetWeight(50),
                            new PlanStep.Pause(600)));
            reached(1);
            int first = asked(address).size();
            reached(3);
            // One canary pod serves 20 % as it serves 10 %: the step is begun, the weight is set, the step is reached.
            int second = asked(address).size();
            assertThat(asked(address).subList(first, second)).containsExactly(SERVICE, RECORD, RECORD);
            reached(5);
            Thread.sleep(3_000);
            assertThat(asked(address).subList(second, asked(address).size()))
                    .containsExactly(CANARY, RECORD, SERVICE, RECORD);
        } finally {
            server.stop(0);
        }
    }

    private static void reached(int step) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Rollouts.get()
                        .here(SHOP)
                        .map(seen -> seen.record().status())
                        .filter(status -> status.step() == step && status.isReached())
                        .isPresent());
    }

    /** What was asked so far, but for watches that are begun again. */
    private static List<String> asked(String address) throws Exception {
        List<String> asked = new ArrayList<>();
        for (JsonNode each : new ObjectMapper()
                .readTree(URI.create(address + "/double/asked").toURL())) {
            asked.add(each.asText());
        }
        return asked;
    }
}
