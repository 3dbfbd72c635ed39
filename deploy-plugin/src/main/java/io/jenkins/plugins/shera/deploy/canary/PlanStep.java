package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.analysis.AnalysisSpec;
import io.jenkins.plugins.shera.platform.traffic.Match;
import java.util.Locale;

/** One step of a plan. */
public sealed interface PlanStep {

    /** The word people write, for example {@code setWeight}. */
    String word();

    /** The step as JSON, which {@link #of} reads. */
    ObjectNode toJson();

    /** For people: {@code setWeight 20}. */
    String text();

    /** Gives the canary this share of requests, 0 to 100. */
    record SetWeight(int percent) implements PlanStep {
        /** Checks the share. */
        public SetWeight {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("setWeight " + percent + ": give a number from 0 to 100.");
            }
        }

        @Override
        public String word() {
            return "setWeight";
        }

        @Override
        public ObjectNode toJson() {
            return object(word()).put("percent", percent);
        }

        @Override
        public String text() {
            return "setWeight " + percent;
        }
    }

    /** Waits this many seconds of running time; 0 waits until somebody promotes. */
    record Pause(long seconds) implements PlanStep {
        private static final long LONGEST = 30L * 24 * 3600;

        /** Checks the time. */
        public Pause {
            if (seconds < 0 || seconds > LONGEST) {
                throw new IllegalArgumentException("pause " + seconds + "s: give at most 30 days, or no duration.");
            }
        }

        @Override
        public String word() {
            return "pause";
        }

        @Override
        public ObjectNode toJson() {
            return object(word()).put("seconds", seconds);
        }

        @Override
        public String text() {
            return seconds == 0 ? "pause" : "pause " + seconds + "s";
        }
    }

    /** Gives the canary this many pods, or this share of the stable side's; 0 for both goes back to what the weight asks for. */
    record SetCanaryScale(int replicas, int percent) implements PlanStep {
        /** Checks both. */
        public SetCanaryScale {
            if (replicas < 0 || replicas > 1000 || percent < 0 || percent > 100 || replicas > 0 && percent > 0) {
                throw new IllegalArgumentException(
                        "setCanaryScale: give replicas from 1 to 1000, or weight from 1 to 100, not both.");
            }
        }

        @Override
        public String word() {
            return "setCanaryScale";
        }

        @Override
        public ObjectNode toJson() {
            return object(word()).put("replicas", replicas).put("percent", percent);
        }

        @Override
        public String text() {
            return replicas > 0
                    ? "setCanaryScale " + replicas + (replicas == 1 ? " pod" : " pods")
                    : percent > 0 ? "setCanaryScale " + percent + " %" : "setCanaryScale by weight";
        }
    }

    /** Sends requests with this header or cookie to the canary from here on. */
    record SetMatch(Match match) implements PlanStep {
        @Override
        public String word() {
            return "match";
        }

        @Override
        public ObjectNode toJson() {
            return object(word())
                    .put("kind", match.kind().name().toLowerCase(Locale.ROOT))
                    .put("name", match.name())
                    .put("value", match.value());
        }

        @Override
        public String text() {
            return "match " + match;
        }
    }

    /** Measures, and goes on only when the verdict is Successful. */
    record Analyse(AnalysisSpec spec) implements PlanStep {
        @Override
        public String word() {
            return "analysis";
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode step = object(word());
            step.set("analysis", spec.toJson());
            return step;
        }

        @Override
        public String text() {
            return "analysis " + spec.text();
        }
    }

    /** Waits for the other members of a release set. */
    record Barrier() implements PlanStep {
        @Override
        public String word() {
            return "barrier";
        }

        @Override
        public ObjectNode toJson() {
            return object(word());
        }

        @Override
        public String text() {
            return "wait for the set";
        }
    }

    /** A step that only another controller knows; shown, never carried out by us. */
    record Other(String word, String text) implements PlanStep {
        @Override
        public ObjectNode toJson() {
            return object("other").put("word", word).put("text", text);
        }
    }

    private static ObjectNode object(String word) {
        return JsonNodeFactory.instance.objectNode().put("step", word);
    }

    /** The step that {@link #toJson} wrote. */
    static PlanStep of(JsonNode json) {
        return switch (json.path("step").asText()) {
            case "setWeight" -> new SetWeight(json.path("percent").asInt());
            case "pause" -> new Pause(json.path("seconds").asLong());
            case "setCanaryScale" ->
                new SetCanaryScale(
                        json.path("replicas").asInt(), json.path("percent").asInt());
            case "match" ->
                new SetMatch(new Match(
                        Match.Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
                        json.path("name").asText(),
                        json.path("value").asText()));
            case "barrier" -> new Barrier();
            case "other" ->
                new Other(json.path("word").asText(), json.path("text").asText());
            case "analysis" -> new Analyse(AnalysisSpec.of(json.path("analysis")));
            default ->
                throw new IllegalArgumentException("'" + json.path("step").asText() + "' is no step of a rollout.");
        };
    }
}
