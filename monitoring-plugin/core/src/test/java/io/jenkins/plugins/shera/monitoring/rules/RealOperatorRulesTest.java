package io.jenkins.plugins.shera.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules in a PrometheusRule of a real cluster, whose definition the test installs, read by a real Prometheus; {@link RulesInCluster} says
 * what stands in for the operator.
 */
@Tag("cluster")
@Tag("slow")
class RealOperatorRulesTest {

    private static final String API = "monitoring.coreos.com/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private RulesInCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = RulesInCluster.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private OperatorRules object(String release) {
        return new OperatorRules(cluster.namespace(), "shera", Map.of("release", release));
    }

    private ClusterRules rules(OperatorRules object, Duration patience) {
        return new ClusterRules(
                cluster::open,
                object,
                RealPrometheus.promtool(),
                cluster.prometheus().client(),
                patience,
                Duration.ofMillis(300));
    }

    private boolean isInForce(RuleFile file) throws Exception {
        return PrometheusRules.isInForce(cluster.prometheus().client(), file);
    }

    @Test
    void eachTenantHasAGroupThatComesIntoForceBesideGroupsOfOthers() throws Exception {
        OperatorRules object = object("prometheus");
        ClusterRules rules = rules(object, PATIENCE);
        if (!OperatorKind.isServed(cluster.api())) {
            assertThatThrownBy(() -> rules.stored("retail"))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("has no kind PrometheusRule in " + API + ". Install the Prometheus Operator");
        }
        try (OperatorKind kind = new OperatorKind(cluster.api())) {
            cluster.apply(
                    API,
                    "PrometheusRule",
                    cluster.namespace(),
                    "shera",
                    "{\"spec\": {\"groups\": [{\"name\": \"node\", \"rules\": [{\"alert\": \"Up\", \"expr\": \"up\"}]}]}}");
            cluster.bring(object, true, OperatorKind::files);
            assertThat(rules.tenants()).isEmpty();

            rules.apply(List.of(
                    ThreadRules.of("retail", 300), ThreadRules.of("bank", 5000), ThreadRules.of("shera_self", 1)));
            rules.apply(List.of(ThreadRules.of("retail", 400)));

            assertThat(isInForce(ThreadRules.of("retail", 400))).isTrue();
            assertThat(isInForce(ThreadRules.of("bank", 5000))).isTrue();
            assertThat(rules.stored("retail"))
                    .isEqualTo(ThreadRules.of("retail", 400).rules());
            assertThat(rules.tenants()).containsExactly("bank", "retail");
            rules.apply(List.of(ThreadRules.none("bank")));
            assertThat(isInForce(ThreadRules.none("bank"))).isTrue();
            assertThat(cluster.live(object).at("/spec/groups").findValuesAsText("name"))
                    .containsExactlyInAnyOrder("node", "shera-retail", "shera-shera_self");

            JsonNode before = cluster.live(object).path("spec");
            cluster.halt();
            assertThatThrownBy(() -> rules(object, Duration.ZERO).apply(List.of(ThreadRules.of("retail", 500))))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("does not evaluate the rules of retail. Check that ruleSelector")
                    .hasMessageContaining("The old rules were applied back to PrometheusRule");
            assertThat(cluster.live(object).path("spec")).isEqualTo(before);
        }
    }

    @Test
    void labelsThatTheOperatorDoesNotChooseAreSaid() throws Exception {
        OperatorRules object = object("another");
        try (OperatorKind kind = new OperatorKind(cluster.api())) {
            cluster.bring(object, true, OperatorKind::files);

            assertThatThrownBy(() -> rules(object, Duration.ofSeconds(5)).apply(List.of(ThreadRules.of("retail", 300))))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("chooses the labels {release=another}");
            assertThat(cluster.live(object).isMissingNode())
                    .as("it was not there before")
                    .isTrue();
        }
    }
}
