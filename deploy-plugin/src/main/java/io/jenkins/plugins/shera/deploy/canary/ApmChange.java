package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a rollout does to the APM switch of its application.
 *
 * @param word for people when somebody switched, for example {@code APM on (pinpoint)}; empty when the switch only comes along
 * @param before the mark of stable at the start: the agent of its canaries, or empty
 * @param after the mark once it is promoted
 */
public record ApmChange(String word, String before, String after) {

    /** As it stands in the plan. */
    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("word", word)
                .put("before", before)
                .put("after", after);
    }

    /** What {@link #toJson} wrote; null where there was none. */
    static ApmChange of(JsonNode json) {
        return json.isObject()
                ? new ApmChange(
                        json.path("word").asText(),
                        json.path("before").asText(),
                        json.path("after").asText())
                : null;
    }
}
