package io.jenkins.plugins.shera.deploy.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an analysis measures and how it judges; names and defaults are those of Argo Rollouts where it has them.
 *
 * @param what metric of a source, address of a web hook, or image of a Job
 * @param source name of the metric source, empty for the usual one; command of a Job
 * @param compare whether the value judged is canary divided by stable instead of the canary's own
 * @param intervalSeconds between two measurements, the first comes after one interval
 * @param count measurements that are needed
 * @param windowSeconds time that each measurement of a metric looks back over
 * @param failureLimit so many bad ones are borne
 * @param inconclusiveLimit so many of neither kind are borne
 * @param consecutiveErrorLimit so many in a row that could not be measured are borne
 */
public record AnalysisSpec(
        Kind kind,
        String what,
        String source,
        Bounds bounds,
        boolean compare,
        int intervalSeconds,
        int count,
        int windowSeconds,
        int failureLimit,
        int inconclusiveLimit,
        int consecutiveErrorLimit) {

    /** Where values come from. */
    public enum Kind {
        /** A metric source such as Prometheus. */
        METRIC("metric"),
        /** An answer {@code {"value": 0.3}} to a POST. */
        WEB_HOOK("webHook"),
        /** A Job in the application's namespace: value 1 when it succeeds, 0 when it fails. */
        JOB("job");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is no kind of analysis.");
        }
    }

    /** Checks every number. */
    public AnalysisSpec {
        if (what == null || what.isBlank() || what.length() > 2000) {
            throw new IllegalArgumentException("analysis: say what is measured: metric, webHook or job.");
        }
        within("interval", intervalSeconds, 1, 24 * 3600);
        within("count", count, 1, 10_000);
        within("window", windowSeconds, 1, 24 * 3600);
        within("failureLimit", failureLimit, 0, 10_000);
        within("inconclusiveLimit", inconclusiveLimit, 0, 10_000);
        within("consecutiveErrorLimit", consecutiveErrorLimit, 0, 10_000);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "analysis: " + name + " " + value + " must be from " + least + " to " + most + ".");
        }
    }

    /** For people: {@code errorRate at most 1, 5 times every 60s}. */
    public String text() {
        return what + (compare ? " compared with stable " : " ") + bounds.text() + ", " + count
                + (count == 1 ? " time after " : " times every ") + intervalSeconds + "s";
    }

    /** As it stands in the cluster. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind.text).put("what", what).put("source", source);
        json.put("min", bounds.min()).put("max", bounds.max());
        json.put("failMin", bounds.failMin()).put("failMax", bounds.failMax());
        json.put("compare", compare).put("intervalSeconds", intervalSeconds).put("count", count);
        json.put("windowSeconds", windowSeconds).put("failureLimit", failureLimit);
        json.put("inconclusiveLimit", inconclusiveLimit).put("consecutiveErrorLimit", consecutiveErrorLimit);
        return json;
    }

    /** What {@link #toJson} wrote. */
    public static AnalysisSpec of(JsonNode json) {
        return new AnalysisSpec(
                Kind.of(json.path("kind").asText()),
                json.path("what").asText(),
                json.path("source").asText(),
                new Bounds(number(json, "min"), number(json, "max"), number(json, "failMin"), number(json, "failMax")),
                json.path("compare").asBoolean(),
                json.path("intervalSeconds").asInt(),
                json.path("count").asInt(),
                json.path("windowSeconds").asInt(),
                json.path("failureLimit").asInt(),
                json.path("inconclusiveLimit").asInt(),
                json.path("consecutiveErrorLimit").asInt());
    }

    private static Double number(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asDouble() : null;
    }
}
