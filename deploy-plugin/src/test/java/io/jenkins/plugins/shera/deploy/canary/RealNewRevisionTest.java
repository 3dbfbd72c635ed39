package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.analysis.AnalysisSpec;
import io.jenkins.plugins.shera.deploy.analysis.Bounds;
import io.jenkins.plugins.shera.deploy.analysis.Sample;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Analyse;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Pause;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetWeight;
import io.jenkins.plugins.shera.deploy.traffic.ReplicasTraffic;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another revision comes while one is analysed: what was measured of the one never counts for the other. */
@Tag("cluster")
class RealNewRevisionTest {

    private static final ReplicasTraffic PODS = new ReplicasTraffic();
    private static final AnalysisSpec THREE_TIMES = new AnalysisSpec(
            AnalysisSpec.Kind.METRIC, "errorRate", "", new Bounds(null, 1.0, null, null), false, 1, 3, 60, 0, 0, 0);

    /** Versions of the canary at each measurement. */
    private final List<String> measured = new ArrayList<>();

    @Test
    void aRevisionIsMeasuredFromTheBeginningHoweverItCame() throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealRollout shop = new RealRollout(cluster);
            shop.deploy(1);
            shop.measurer = (spec, run) -> {
                measured.add(version(shop.canary().orElseThrow()));
                return Optional.of(new Sample(0.1, null, Instant.now()));
            };
            Rollout first = begin(shop, "2");
            shop.drive(first, status -> status.tally(1).total() == 2);

            assertThatThrownBy(() -> begin(shop, "3"))
                    .isInstanceOf(RolloutException.class)
                    .hasMessageContaining("another one of")
                    .hasMessageContaining("Promote or abort it first");
            assertThat(shop.store().load().orElseThrow().plan().id())
                    .isEqualTo(first.plan().id());
            assertThat(first.status().tally(1).total()).isEqualTo(2);

            // By hand, past the rollout: the measurements before and after would be of two things.
            JsonNode containers = shop.canary().orElseThrow().at("/spec/template/spec/containers");
            String changed = containers.toString().replace("\"value\":\"2\"", "\"value\":\"3\"");
            cluster.api()
                    .merge(
                            shop.ref(ResourceKind.DEPLOYMENT, "shop-canary"),
                            new ObjectMapper()
                                    .readTree("{\"spec\":{\"template\":{\"spec\":{\"containers\":" + changed + "}}}}"));
            shop.drive(first, RolloutStatus::isOver);
            assertThat(first.status().phase()).isEqualTo(Phase.ABORTED);
            assertThat(first.status().reason()).contains("the canary's Deployment was changed by somebody else");
            assertThat(measured).containsExactly("2", "2");
            assertThat(version(shop.stable())).isEqualTo("1");

            Rollout second = begin(shop, "3");
            assertThat(second.status().tallies()).isEmpty();
            shop.drive(second, status -> status.waitsFor().equals("promote"));
            assertThat(measured).containsExactly("2", "2", "3", "3", "3");

            // The same release again after it went back is measured anew, too.
            second.command(Verb.of(Verb.Kind.ABORT, "ann"));
            shop.drive(second, RolloutStatus::isOver);
            second.command(Verb.of(Verb.Kind.RETRY, "ann"));
            assertThat(second.status().tallies()).isEmpty();
            shop.drive(second, status -> status.waitsFor().equals("promote"));
            assertThat(measured).hasSize(8);
        }
    }

    private static Rollout begin(RealRollout shop, String version) throws Exception {
        return shop.begin(PODS, version, new SetWeight(50), new Analyse(THREE_TIMES), new Pause(0));
    }

    private static String version(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0/env/0/value").asText();
    }
}
