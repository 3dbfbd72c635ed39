package io.jenkins.plugins.shera.deploy.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * One measurement and what it says.
 *
 * @param value what was judged: the canary's, or canary divided by stable; null when there is none
 * @param text for people: the bound it met or missed, or why there is no value
 */
public record Measurement(Instant at, Verdict verdict, Double value, String text) {

    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);

    /** Judges a sample. Missing, not a number, infinite and old are errors, whatever the bounds say. */
    public static Measurement of(AnalysisSpec spec, Sample sample, Instant now) {
        if (sample.canary() == null) {
            return error(now, "no data for the canary");
        }
        Duration patience = Duration.ofSeconds(2L * spec.intervalSeconds());
        Duration longest = patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience;
        if (sample.newest() != null && Duration.between(sample.newest(), now).compareTo(longest) > 0) {
            return error(now, "stale: the newest point is of " + sample.newest());
        }
        double value = sample.canary();
        if (spec.compare()) {
            if (sample.stable() == null) {
                return error(now, "no data for stable to compare with");
            }
            value = ratio(value, sample.stable());
        }
        if (!Double.isFinite(value)) {
            return error(now, "the value is " + value);
        }
        Verdict verdict = spec.bounds().judge(value);
        String sides = spec.compare()
                ? " (canary " + Bounds.number(sample.canary()) + ", stable " + Bounds.number(sample.stable()) + ")"
                : "";
        return new Measurement(
                now,
                verdict,
                value,
                Bounds.number(value) + ", wanted " + spec.bounds().text() + sides);
    }

    /** Nothing on both sides is no difference; something against nothing cannot be divided and stays infinite. */
    private static double ratio(double canary, double stable) {
        return canary == 0 && stable == 0 ? 1 : canary / stable;
    }

    /** A measurement that could not be made. */
    public static Measurement error(Instant now, String why) {
        return new Measurement(now, Verdict.ERROR, null, why.length() > 300 ? why.substring(0, 300) + "..." : why);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", at.toString()).put("verdict", verdict.text());
        return json.put("value", value).put("text", text);
    }

    static Measurement of(JsonNode json) {
        return new Measurement(
                Instant.parse(json.path("at").asText()),
                Verdict.of(json.path("verdict").asText()),
                json.hasNonNull("value") ? json.path("value").asDouble() : null,
                json.path("text").asText());
    }
}
