package io.jenkins.plugins.shera.build.sonar;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * A task of SonarQube's Compute Engine, as {@code api/ce/task} tells it.
 *
 * @param id the task's id
 * @param status {@code PENDING}, {@code IN_PROGRESS}, {@code SUCCESS}, {@code FAILED} or {@code CANCELED}
 * @param component key of the project the report was for
 * @param branch name of a branch or pull request other than the project's main branch; empty for that
 * @param analysisId id of the analysis that came of it; empty until it succeeded
 * @param submittedAt when the report came in, by the server's clock
 * @param error why it failed; empty otherwise
 */
public record ComputeTask(
        String id,
        String status,
        String component,
        String branch,
        String analysisId,
        Instant submittedAt,
        String error) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ", Locale.ROOT);

    static ComputeTask of(JsonNode task) throws SonarException {
        return new ComputeTask(
                task.path("id").asText(),
                task.path("status").asText(),
                task.path("componentKey").asText(),
                task.path("pullRequest").asText(task.path("branch").asText()),
                task.path("analysisId").asText(),
                time(task.path("submittedAt").asText()),
                task.path("errorMessage").asText());
    }

    static Instant time(String text) throws SonarException {
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeParseException e) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "SonarQube gives a time that is none; check that the address is really that of a SonarQube.",
                    e);
        }
    }

    /** Whether nothing more will come of it. */
    public boolean isOver() {
        return !status.equals("PENDING") && !status.equals("IN_PROGRESS");
    }

    /** Whether an analysis came of it. */
    public boolean isGood() {
        return status.equals("SUCCESS") && !analysisId.isEmpty();
    }
}
