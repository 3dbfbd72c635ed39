package io.jenkins.plugins.shera.build.sonar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The quality gate of one analysis.
 *
 * @param status {@code OK}, {@code ERROR} or {@code NONE}
 * @param failed the conditions that are not met, each a sentence for the log
 */
public record GateReading(String status, List<String> failed) {

    /** Keeps its own copy. */
    public GateReading {
        failed = List.copyOf(failed);
    }

    static GateReading of(JsonNode projectStatus) throws SonarException {
        String status = projectStatus.path("status").asText();
        // WARN is of servers before 7.6 and means that nothing failed.
        String known = status.equals("WARN") ? "OK" : status;
        if (!List.of("OK", "ERROR", "NONE").contains(known)) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "SonarQube calls the quality gate neither OK nor ERROR nor NONE; check its version.");
        }
        List<String> failed = new ArrayList<>();
        for (JsonNode condition : projectStatus.path("conditions")) {
            if (condition.path("status").asText().equals("ERROR")) {
                failed.add(condition.path("metricKey").asText() + " is "
                        + condition.path("actualValue").asText("not known") + ", which is "
                        + (condition.path("comparator").asText().equals("LT") ? "below " : "above ")
                        + condition.path("errorThreshold").asText());
            }
        }
        return new GateReading(known, failed);
    }
}
