package io.jenkins.plugins.shera.monitoring.thresholds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a daemon serves of one tenant.
 *
 * @param generation counts up with every change, from 0 for a tenant nobody told it of
 * @param thresholds in a fixed order
 */
public record ServedBook(long generation, List<ServedThreshold> thresholds) {

    /** The metric: a limit for each threshold. */
    public static final String METRIC = "shera_threshold";

    /** The metric that tells the generation of each tenant. */
    public static final String GENERATION = "shera_thresholds_generation";

    /** The metric that is there as long as the daemon is: how many tenants' thresholds it could not read. */
    public static final String DAMAGED = "shera_thresholds_damaged";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 20_000;

    /** Refuses two that rules could not tell apart. */
    public ServedBook {
        if (thresholds.size() > MOST) {
            throw new InvalidThresholdException(
                    "thresholds", "there are more than " + MOST + " of them", "Set fewer for this tenant.");
        }
        thresholds = thresholds.stream()
                .sorted(Comparator.comparing(
                        (ServedThreshold each) -> each.key().toString()))
                .toList();
        Set<ServedThreshold.Key> keys = new HashSet<>();
        for (ServedThreshold each : thresholds) {
            if (!keys.add(each.key())) {
                throw new InvalidThresholdException(
                        "thresholds",
                        "two are for the same application, metric and severity in namespace " + each.namespace(),
                        "Bring one of them into force by a rule of its own.");
            }
        }
    }

    /** Whether all of them are this tenant's. */
    public boolean isOf(String tenant) {
        return thresholds.stream().allMatch(each -> each.tenant().equals(tenant));
    }

    /** As JSON; {@code number} is the name its generation gets. */
    public byte[] bytes(String number) throws IOException {
        ObjectNode root = JSON.createObjectNode().put(number, generation);
        ArrayNode list = root.putArray("thresholds");
        for (ServedThreshold each : thresholds) {
            list.addObject()
                    .put("tenant", each.tenant())
                    .put("application", each.application())
                    .put("environment", each.environment())
                    .put("namespace", each.namespace())
                    .put("metric", each.metric())
                    .put("series", each.series())
                    .put("severity", each.severity())
                    .put("forSeconds", each.lasting().toSeconds())
                    .put("below", each.below())
                    .put("limit", each.limit());
        }
        return JSON.writeValueAsBytes(root);
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws InvalidThresholdException naming the field that cannot be
     */
    public static ServedBook read(byte[] bytes, String number) throws IOException {
        JsonNode root = JSON.readTree(bytes);
        JsonNode generation = root == null ? null : root.get(number);
        if (generation == null || !generation.canConvertToLong() || generation.asLong() < 0) {
            throw new InvalidThresholdException(number, "it is no number from 0 on", "Give a generation.");
        }
        if (!root.path("thresholds").isArray()) {
            throw new InvalidThresholdException("thresholds", "it is no list", "Give a list, an empty one for none.");
        }
        List<ServedThreshold> thresholds = new ArrayList<>();
        for (JsonNode each : root.path("thresholds")) {
            if (!each.path("limit").isNumber()) {
                throw new InvalidThresholdException("limit", "it is no number", "Give a number.");
            }
            thresholds.add(new ServedThreshold(
                    each.path("tenant").asText(),
                    each.path("application").asText(),
                    each.path("environment").asText(),
                    each.path("namespace").asText(),
                    each.path("metric").asText(),
                    each.path("series").asText(),
                    each.path("severity").asText(),
                    Duration.ofSeconds(each.path("forSeconds").asLong(-1)),
                    each.path("below").asBoolean(),
                    each.path("limit").asDouble()));
        }
        return new ServedBook(generation.asLong(), thresholds);
    }
}
