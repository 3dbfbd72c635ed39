package io.jenkins.plugins.shera.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a ConfigMap is ours, and what does not go into it any more. */
class ConfigMapRulesTest {

    private final ObjectMapper json = new ObjectMapper();
    private final ConfigMapRules map = new ConfigMapRules("monitoring", "shera-rules");

    private ObjectNode live(String manager, String operation, RuleFile... files) {
        ObjectNode live = map.content(List.of(files));
        ObjectNode managed = live.withObject("/metadata")
                .putArray("managedFields")
                .addObject()
                .put("manager", manager)
                .put("operation", operation);
        ObjectNode fields = managed.putObject("fieldsV1").putObject("f:data");
        live.path("data").fieldNames().forEachRemaining(key -> fields.putObject("f:" + key));
        return live;
    }

    @Test
    void readsBackWhatOurManagerAppliedAndNothingElse() throws Exception {
        RuleFile retail = ThreadRules.of("retail", 300);
        ObjectNode ours = live("shera-rules", "Apply", retail, ThreadRules.of("shera_self", 1));
        ours.withObject("/data").put("node.yml", "groups: []").put("README", "of somebody");

        assertThat(map.ours(ours)).containsExactlyInAnyOrder(retail, ThreadRules.of("shera_self", 1));
        for (JsonNode others : List.of(
                live("kubectl-edit", "Update", retail),
                live("shera", "Apply", retail),
                live("shera-rules", "Update", retail),
                json.readTree("{\"metadata\": {\"managedFields\": [{\"manager\": \"shera-rules\","
                        + " \"operation\": \"Apply\", \"fieldsV1\": {\"f:data\": {\".\": {}, \"f:README\": {}}}}]}}"),
                MissingNode.getInstance())) {
            assertThat(map.ours(others)).as(others.toString()).isEmpty();
        }
    }

    @Test
    void countsKeysOfOthersInBytesAndRefusesOneByteTooMany() {
        RuleFile retail = ThreadRules.of("retail", 300);
        int own = retail.render().length;
        ObjectNode live = live("shera-rules", "Apply", ThreadRules.of("retail", 5), ThreadRules.of("bank", 5));
        // Two bytes each in UTF-8: counted in characters it would fit twice.
        live.withObject("/data").put("README", "\u00e9".repeat((ConfigMapRules.LARGEST - own) / 2 - 8));
        int readme = live.at("/data/README").asText().getBytes(StandardCharsets.UTF_8).length;
        live.withObject("/data").put("rest", "x".repeat(ConfigMapRules.LARGEST - own - readme));

        assertThatCode(() -> map.check(live, List.of(retail))).doesNotThrowAnyException();
        live.withObject("/binaryData").put("logo", "AAAA");
        assertThatThrownBy(() -> map.check(live, List.of(retail)))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("ConfigMap monitoring/shera-rules would hold 1048579 bytes")
                .hasMessageContaining("Nothing was written. Name a ConfigMap without keys of others");
    }
}
