package io.jenkins.plugins.shera.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in a ConfigMap of a real cluster, read by a real Prometheus; {@link RulesInCluster} says what stands in for the kubelet. */
@Tag("cluster")
@Tag("slow")
class RealConfigMapRulesTest {

    private static final String NODE =
            "{\"data\": {\"node.yml\": \"groups: [{name: node, rules: [{alert: Up, expr: up}]}]\", \"README\": \"of us\"}}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private RulesInCluster cluster;
    private ConfigMapRules map;

    @BeforeEach
    void start() throws Exception {
        cluster = RulesInCluster.start(folder);
        map = new ConfigMapRules(cluster.namespace(), "prometheus-rules");
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private ClusterRules rules(PrometheusClient server, Duration patience) {
        return new ClusterRules(
                cluster::open, map, RealPrometheus.promtool(), server, patience, Duration.ofMillis(300));
    }

    private ClusterRules rules(Duration patience) {
        return rules(cluster.prometheus().client(), patience);
    }

    private boolean isInForce(RuleFile file) throws Exception {
        return PrometheusRules.isInForce(cluster.prometheus().client(), file);
    }

    private void somebody(String fields) throws Exception {
        cluster.apply("v1", "ConfigMap", map.namespace(), map.name(), fields);
    }

    private JsonNode data() throws Exception {
        return cluster.live(map).path("data");
    }

    @Test
    void eachTenantHasAKeyThatComesIntoForceBesideKeysOfOthers() throws Exception {
        somebody(NODE);
        cluster.bring(map, false, RulesInCluster::ofConfigMap);
        ClusterRules rules = rules(PATIENCE);
        assertThat(rules.stored("retail")).isEmpty();
        assertThat(rules.tenants()).as("node.yml is none of ours").isEmpty();

        rules.apply(
                List.of(ThreadRules.of("retail", 300), ThreadRules.of("bank", 5000), ThreadRules.of("shera_self", 1)));
        rules.apply(List.of(ThreadRules.of("retail", 400)));

        assertThat(isInForce(ThreadRules.of("retail", 400))).isTrue();
        assertThat(isInForce(ThreadRules.of("bank", 5000))).isTrue();
        assertThat(rules.stored("retail"))
                .isEqualTo(ThreadRules.of("retail", 400).rules());
        assertThat(rules.tenants()).containsExactly("bank", "retail");

        rules.apply(List.of(ThreadRules.none("bank"), ThreadRules.none("nobody")));
        assertThat(isInForce(ThreadRules.none("bank"))).isTrue();
        assertThat(data().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("README", "node.yml", "retail.yml", "shera_self.yml");
        assertThat(cluster.prometheus().client().rules().toString()).contains("\"name\":\"node\"");
    }

    @Test
    void whatTheClusterRefusesLeavesEverythingAsItWas() throws Exception {
        somebody("{\"data\": {\"bank.yml\": \"groups: []\"}}");
        cluster.bring(map, false, RulesInCluster::ofConfigMap);
        rules(PATIENCE).apply(List.of(ThreadRules.of("retail", 300)));
        JsonNode before = data();

        assertThatThrownBy(() -> rules(PATIENCE).apply(List.of(ThreadRules.of("retail", 1), ThreadRules.of("bank", 1))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("shera-somebody")
                .hasMessageContaining("bank.yml");
        AlertRule broken = new AlertRule("Broken", "up{", Duration.ZERO, Map.of(), Map.of());
        assertThatThrownBy(() -> rules(PATIENCE).apply(List.of(new RuleFile("retail", List.of(broken)))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("promtool refused the rules of retail");
        int room = ConfigMapRules.LARGEST - ThreadRules.of("retail", 300).render().length - 100;
        somebody("{\"data\": {\"bank.yml\": \"groups: []\", \"README\": \"" + "x".repeat(room) + "\"}}");
        String version = cluster.live(map).at("/metadata/resourceVersion").asText();
        assertThatThrownBy(() -> rules(PATIENCE).apply(List.of(ThreadRules.of("retail", 1), ThreadRules.of("shop", 1))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("Nothing was written");
        assertThat(cluster.live(map).at("/metadata/resourceVersion").asText()).isEqualTo(version);
        assertThat(data().path("retail.yml")).isEqualTo(before.path("retail.yml"));

        map = new ConfigMapRules("shera-none-such", "prometheus-rules");
        assertThatThrownBy(() -> rules(PATIENCE).apply(List.of(ThreadRules.of("retail", 1))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("\"shera-none-such\" not found");
    }

    @Test
    void whatDoesNotReachPrometheusIsTakenBackAndSaid() throws Exception {
        cluster.bring(map, false, RulesInCluster::ofConfigMap);
        rules(PATIENCE).apply(List.of(ThreadRules.of("retail", 300)));
        JsonNode before = data();
        cluster.halt();

        assertThatThrownBy(() -> rules(Duration.ZERO).apply(List.of(ThreadRules.of("retail", 400))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("does not evaluate the rules of retail. Check that its pods mount ConfigMap")
                .hasMessageContaining("The old rules were applied back to ConfigMap")
                .hasMessageEndingWith("and are in force.");
        assertThat(data()).isEqualTo(before);

        try (RealPrometheus deaf =
                RealPrometheus.startWithoutLifecycle(Files.createDirectory(folder.resolve("deaf")))) {
            assertThatThrownBy(() -> rules(deaf.client(), PATIENCE).apply(List.of(ThreadRules.of("retail", 400))))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("Start Prometheus with --web.enable-lifecycle.")
                    .hasMessageContaining("The old rules were applied back");
        }
        assertThat(data()).isEqualTo(before);
    }
}
