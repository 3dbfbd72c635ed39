package io.jenkins.plugins.shera.deploy.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The measurements of one analysis so far, counted; of the measurements themselves the newest are kept.
 *
 * @param step index of the plan's step
 * @param errorsInARow measurements that could not be made since the last one that could
 * @param newest oldest first
 */
public record Tally(int step, int good, int bad, int neither, int errors, int errorsInARow, List<Measurement> newest) {

    private static final int KEPT = 60;

    /** Keeps its own list. */
    public Tally {
        newest = List.copyOf(newest);
    }

    /** Nothing measured yet in this step. */
    public static Tally of(int step) {
        return new Tally(step, 0, 0, 0, 0, 0, List.of());
    }

    /** With one more. */
    public Tally with(Measurement next) {
        List<Measurement> more = new ArrayList<>(newest);
        more.add(next);
        List<Measurement> kept = more.subList(Math.max(0, more.size() - KEPT), more.size());
        return switch (next.verdict()) {
            case SUCCESSFUL -> new Tally(step, good + 1, bad, neither, errors, 0, kept);
            case FAILED -> new Tally(step, good, bad + 1, neither, errors, 0, kept);
            case INCONCLUSIVE -> new Tally(step, good, bad, neither + 1, errors, 0, kept);
            case ERROR -> new Tally(step, good, bad, neither, errors + 1, errorsInARow + 1, kept);
        };
    }

    /** All that were tried. */
    public int total() {
        return good + bad + neither + errors;
    }

    /** What it comes to, or empty while more is to be measured. A pure function of the counts. */
    public Optional<Verdict> verdict(AnalysisSpec spec) {
        if (bad > spec.failureLimit()) {
            return Optional.of(Verdict.FAILED);
        }
        if (errorsInARow > spec.consecutiveErrorLimit()) {
            return Optional.of(Verdict.ERROR);
        }
        if (neither > spec.inconclusiveLimit()) {
            return Optional.of(Verdict.INCONCLUSIVE);
        }
        if (good + bad + neither < spec.count()) {
            return Optional.empty();
        }
        return Optional.of(good > 0 ? Verdict.SUCCESSFUL : Verdict.INCONCLUSIVE);
    }

    /** As it stands in the cluster. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("step", step).put("good", good).put("bad", bad).put("neither", neither);
        json.put("errors", errors).put("errorsInARow", errorsInARow);
        newest.forEach(each -> json.withArrayProperty("newest").add(each.toJson()));
        return json;
    }

    /** What {@link #toJson} wrote. */
    public static Tally of(JsonNode json) {
        List<Measurement> newest = new ArrayList<>();
        json.path("newest").forEach(each -> newest.add(Measurement.of(each)));
        return new Tally(
                json.path("step").asInt(),
                json.path("good").asInt(),
                json.path("bad").asInt(),
                json.path("neither").asInt(),
                json.path("errors").asInt(),
                json.path("errorsInARow").asInt(),
                newest);
    }
}
