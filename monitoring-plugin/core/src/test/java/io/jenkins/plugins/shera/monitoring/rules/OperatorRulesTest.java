package io.jenkins.plugins.shera.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What of a PrometheusRule is ours, and what an operator would not take any more. */
class OperatorRulesTest {

    private final OperatorRules object = new OperatorRules("monitoring", "shera", Map.of("release", "prometheus"));

    private ObjectNode live(String manager, String operation, RuleFile... files) {
        ObjectNode live = object.content(List.of(files));
        ObjectNode managed = live.withObject("/metadata")
                .putArray("managedFields")
                .addObject()
                .put("manager", manager)
                .put("operation", operation);
        ObjectNode fields = managed.putObject("fieldsV1").putObject("f:spec").putObject("f:groups");
        for (RuleFile each : files) {
            fields.putObject("k:{\"name\":\"shera-" + each.tenant() + "\"}");
        }
        return live;
    }

    @Test
    void readsBackWhatOurManagerAppliedAndNothingElse() throws Exception {
        RuleFile retail = ThreadRules.of("retail", 300);
        ObjectNode ours = live("shera-rules", "Apply", retail, ThreadRules.of("shera_self", 1));
        ours.withObject("/spec").withArray("groups").addObject().put("name", "shera-bank");

        assertThat(object.ours(ours)).containsExactlyInAnyOrder(retail, ThreadRules.of("shera_self", 1));
        for (JsonNode others : List.of(
                live("kubectl-edit", "Update", retail),
                live("shera", "Apply", retail),
                live("shera-rules", "Update", retail),
                MissingNode.getInstance())) {
            assertThat(object.ours(others)).as(others.toString()).isEmpty();
        }
    }

    @Test
    void aRuleWhoseTextsComeBackInAnotherOrderIsTheSame() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("summary", "s");
        texts.put("description", "d");
        AlertRule written = new AlertRule("Up", "up", Duration.ZERO, Map.of(), texts);

        assertThat(new AlertRule("Up", "up", Duration.ZERO, Map.of(), new TreeMap<>(written.annotations())))
                .isEqualTo(written);
    }

    @Test
    void goesAwayWithItsLastGroupUnlessSomebodyElseHasOneThere() throws Exception {
        ObjectNode live = live("shera-rules", "Apply", ThreadRules.of("retail", 5));
        assertThat(object.goesWithTheLast(live)).isTrue();
        live.withObject("/spec").withArray("groups").addObject().put("name", "node");
        assertThat(object.goesWithTheLast(live)).isFalse();
        assertThat(object.goesWithTheLast(live("shera-somebody", "Apply", ThreadRules.of("retail", 5))))
                .isFalse();
        assertThat(object.goesWithTheLast(MissingNode.getInstance())).isFalse();
    }

    @Test
    void carriesTheLabelsByWhichTheOperatorChooses() {
        assertThat(object.content(List.of()).at("/metadata/labels/release").asText())
                .isEqualTo("prometheus");
        assertThat(object.advice()).contains("{release=prometheus}");
    }

    @Test
    void refusesWhatTheOperatorWouldNotTake() {
        ObjectNode live = live("shera-rules", "Apply", ThreadRules.of("retail", 5));
        List<RuleFile> files = List.of(ThreadRules.of("retail", 300));
        assertThatCode(() -> object.check(live, files)).doesNotThrowAnyException();

        live.withObject("/spec").withArray("groups").addObject().put("name", "x".repeat(OperatorRules.LARGEST));
        assertThatThrownBy(() -> object.check(live, files))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("PrometheusRule monitoring/shera would hold")
                .hasMessageContaining("a Prometheus Operator takes 524288. Nothing was written.");
    }
}
