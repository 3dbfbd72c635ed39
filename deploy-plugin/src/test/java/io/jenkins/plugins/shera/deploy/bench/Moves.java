package io.jenkins.plugins.shera.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** What an object that was written says about a rollout: which step it is at, or that no request goes to its canary. */
final class Moves {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = "-rollout";

    private Moves() {}

    /** Empty for objects that say nothing. */
    static Optional<ObjectNode> of(JsonNode object) {
        String name = object.path("metadata").path("name").asText();
        ObjectNode move = JsonNodeFactory.instance.objectNode().put("at", System.currentTimeMillis());
        JsonNode recorded = object.path("data").path("status");
        if (recorded.isTextual() && name.endsWith(RECORD)) {
            try {
                JsonNode status = JSON.readTree(recorded.asText());
                move.put("name", name.substring(0, name.length() - RECORD.length()));
                return Optional.of(move.put("step", status.path("step").asInt())
                        .put("reached", status.path("reached").asBoolean())
                        .put("phase", status.path("phase").asText()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        boolean service = object.path("spec").has("ports");
        boolean stable = object.path("spec")
                .path("selector")
                .path("shera.io/track")
                .asText()
                .equals("stable");
        return service && stable ? Optional.of(move.put("name", name).put("weight", 0)) : Optional.empty();
    }

    /** Seconds from a word until no request goes to the canary of this name any more; very many while some do. */
    static double untilNoWeight(Iterable<? extends JsonNode> moves, String name, long told) {
        double least = Double.MAX_VALUE;
        for (JsonNode move : moves) {
            long at = move.path("at").asLong();
            if (move.has("weight") && at >= told && move.path("name").asText().equals(name)) {
                least = Math.min(least, (at - told) / 1000.0);
            }
        }
        return least;
    }
}
