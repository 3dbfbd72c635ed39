package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A time in which nobody is told of certain alerts.
 *
 * @param id empty for one that is yet to be made
 * @param state {@code active}, {@code pending} or {@code expired}
 */
public record Silence(
        String id, List<Matcher> matchers, Instant from, Instant until, String by, String comment, String state) {

    private static final Duration LONGEST = Duration.ofDays(90);

    /** A condition on a label; {@code equal} false turns it round. */
    public record Matcher(String name, String value, boolean regex, boolean equal) {}

    /** Keeps its own copy. */
    public Silence {
        matchers = List.copyOf(matchers);
    }

    /**
     * One of a tenant, from now on; it asks for the tenant, whatever else it asks for.
     *
     * @param labels values by label; empty values ask for nothing
     */
    public static Silence of(String tenant, Map<String, String> labels, Duration length, String by, String comment) {
        if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(LONGEST) > 0) {
            throw new InvalidThresholdException("duration", "that is too short or too long", "Take 1m to 90d.");
        }
        if (comment.isBlank()) {
            throw new InvalidThresholdException(
                    "comment", "it says not why", "Tell the others why they are not to be told.");
        }
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.values().removeIf(String::isEmpty);
        all.put("tenant", tenant);
        all.put("managed_by", "shera");
        Instant now = Instant.now();
        return new Silence(
                "",
                all.entrySet().stream()
                        .map(each -> new Matcher(each.getKey(), each.getValue(), false, true))
                        .toList(),
                now,
                now.plus(length),
                by,
                comment,
                "active");
    }

    /** Whether it asks for this very tenant. */
    public boolean belongsTo(String tenant) {
        return matchers.contains(new Matcher("tenant", tenant, false, true));
    }

    /** Whether it keeps an alert with these labels quiet now. Conditions that are no plain equality are left to Alertmanager: they count as not met. */
    public boolean quiets(Map<String, String> labels) {
        return state.equals("active")
                && matchers.stream()
                        .allMatch(each -> !each.regex()
                                && each.equal()
                                        == labels.getOrDefault(each.name(), "").equals(each.value()));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("matchers");
        for (Matcher each : matchers) {
            all.addObject()
                    .put("name", each.name())
                    .put("value", each.value())
                    .put("isRegex", each.regex())
                    .put("isEqual", each.equal());
        }
        return json.put("startsAt", from.toString())
                .put("endsAt", until.toString())
                .put("createdBy", by)
                .put("comment", comment);
    }

    static Silence read(JsonNode json) {
        List<Matcher> matchers = new ArrayList<>();
        for (JsonNode each : json.path("matchers")) {
            matchers.add(new Matcher(
                    each.path("name").asText(),
                    each.path("value").asText(),
                    each.path("isRegex").asBoolean(),
                    each.path("isEqual").asBoolean(true)));
        }
        return new Silence(
                json.path("id").asText(),
                matchers,
                Instant.parse(json.path("startsAt").asText()),
                Instant.parse(json.path("endsAt").asText()),
                json.path("createdBy").asText(),
                json.path("comment").asText(),
                json.path("status").path("state").asText());
    }
}
