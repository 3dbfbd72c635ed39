package io.jenkins.plugins.shera.deploy.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.traffic.StaleGenerationException;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** The annotations that a rollout leaves on whatever carries its weight. */
final class Marks {

    static final String GENERATION = "shera.io/rollout-generation";
    /** When we changed it last, by the cluster's clock. */
    static final String AT = "shera.io/rollout-at";

    static final String WEIGHT = "shera.io/rollout-weight";

    private Marks() {}

    static long generation(JsonNode object) {
        return object.path("metadata").path("annotations").path(GENERATION).asLong(0);
    }

    static String text(JsonNode object, String name) {
        return object.path("metadata").path("annotations").path(name).asText("");
    }

    /** Refuses an older writer. */
    static void fence(JsonNode object, TrafficTarget target) throws StaleGenerationException {
        long found = generation(object);
        if (found > target.generation()) {
            throw new StaleGenerationException(
                    object.path("kind").asText("object") + " "
                            + object.path("metadata").path("name").asText(),
                    target.generation(),
                    found);
        }
    }

    /** Seconds since we changed it last, by the cluster's clock; very many when we never did. */
    static long age(JsonNode object, TrafficTarget target) {
        try {
            return Duration.between(
                            Instant.parse(text(object, AT)), target.api().serverNow())
                    .toSeconds();
        } catch (DateTimeParseException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The beginning of a change to this object that only succeeds while nobody else changes it. */
    static ObjectNode change(JsonNode object) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("metadata")
                .put(
                        "resourceVersion",
                        object.path("metadata").path("resourceVersion").asText());
        return change;
    }
}
