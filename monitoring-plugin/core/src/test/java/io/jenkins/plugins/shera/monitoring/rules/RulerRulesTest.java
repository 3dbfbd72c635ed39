package io.jenkins.plugins.shera.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.prometheus.RulerClient;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules in a Mimir, whose documented API a double stands in for; promtool is the real one. */
class RulerRulesTest {

    private RulerDouble mimir;

    @BeforeEach
    void start() throws Exception {
        mimir = new RulerDouble();
    }

    @AfterEach
    void stop() {
        mimir.close();
    }

    private RulerRules rules(Duration patience) {
        return new RulerRules(
                new RulerClient(mimir.client(), "shera"), RealPrometheus.promtool(), mimir.client(), patience);
    }

    @Test
    void eachTenantHasAGroupThatIsReadBack() throws Exception {
        RulerRules rules = rules(Duration.ofSeconds(30));
        assertThat(rules.stored("retail")).isEmpty();

        rules.apply(List.of(ThreadRules.of("retail", 300), ThreadRules.of("bank", 5000)));
        rules.apply(List.of(ThreadRules.of("retail", 400)));

        assertThat(rules.stored("retail"))
                .isEqualTo(ThreadRules.of("retail", 400).rules());
        assertThat(rules.stored("bank")).isEqualTo(ThreadRules.of("bank", 5000).rules());
        assertThat(rules.tenants()).containsExactly("bank", "retail");
        rules.apply(List.of(ThreadRules.none("bank"), ThreadRules.none("nobody")));
        assertThat(mimir.groups()).containsOnlyKeys("shera-retail");
    }

    @Test
    void whatIsRefusedLeavesTheOldSetOfEveryTenant() throws Exception {
        RulerRules rules = rules(Duration.ofSeconds(30));
        rules.apply(List.of(ThreadRules.of("retail", 300)));
        Map<String, Object> before = mimir.groups();
        mimir.refuses("shera-bank");

        assertThatThrownBy(() -> rules.apply(List.of(ThreadRules.none("retail"), ThreadRules.of("bank", 1))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("refused (400): rule group has too many rules");
        assertThat(mimir.groups()).isEqualTo(before);

        AlertRule broken = new AlertRule("Broken", "up{", Duration.ZERO, Map.of(), Map.of());
        for (RuleFile bad : List.of(new RuleFile("retail", List.of(broken)))) {
            assertThatThrownBy(() -> rules.check(bad)).hasMessageContaining("promtool refused the rules of retail");
            assertThatThrownBy(() -> rules.apply(List.of(bad))).isInstanceOf(Rollover.RefusedException.class);
        }
        assertThat(mimir.groups()).isEqualTo(before);
    }

    @Test
    void whatIsKeptButNotEvaluatedIsTakenBack() throws Exception {
        rules(Duration.ofSeconds(30)).apply(List.of(ThreadRules.of("retail", 300)));
        Map<String, Object> before = mimir.groups();
        mimir.loads(false);

        assertThatThrownBy(() -> rules(Duration.ZERO).apply(List.of(ThreadRules.of("retail", 400))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("does not evaluate the rules of retail");
        assertThat(mimir.groups()).isEqualTo(before);
    }

    @Test
    void anotherTenantOfMimirIsNeverAsked() {
        PrometheusClient stranger = new PrometheusClient(mimir.url(), "", "team-b", Duration.ofSeconds(10));
        RulerRules rules = new RulerRules(new RulerClient(stranger, "shera"), RealPrometheus.promtool(), stranger);

        assertThatThrownBy(() -> rules.stored("retail")).hasMessageContaining("refused (401): no org id");
        assertThat(mimir.groups()).isEmpty();
    }
}
