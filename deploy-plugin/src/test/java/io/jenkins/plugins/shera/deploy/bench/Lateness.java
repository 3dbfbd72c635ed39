package io.jenkins.plugins.shera.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much later than planned pauses ended: from the moment the record says that the pause is reached, to the one where it says that the next
 * step has begun, less the length of the pause. Both are the times at which the API server took the record.
 */
final class Lateness {

    private final long pauseMillis;
    private final Map<String, Map<Integer, Long>> reached = new HashMap<>();
    private final List<Double> seconds = new ArrayList<>();

    private Lateness(long pauseMillis) {
        this.pauseMillis = pauseMillis;
    }

    /** Of pauses that are the odd steps of their plans. */
    static double[] of(JsonNode moves, long pauseMillis) {
        Lateness lateness = new Lateness(pauseMillis);
        moves.forEach(lateness::move);
        return lateness.seconds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void move(JsonNode move) {
        if (!move.has("step") || move.path("phase").asText().equals("Aborted")) {
            return;
        }
        Map<Integer, Long> steps = reached.computeIfAbsent(move.path("name").asText(), key -> new HashMap<>());
        int step = move.path("step").asInt();
        long at = move.path("at").asLong();
        if (step % 2 == 1 && move.path("reached").asBoolean()) {
            steps.putIfAbsent(step, at);
        }
        int before = step % 2 == 0 ? step - 1 : step - 2;
        Long since = steps.get(before);
        if (since != null && since > 0) {
            seconds.add((at - since - pauseMillis) / 1000.0);
            steps.put(before, -1L);
        }
    }
}
