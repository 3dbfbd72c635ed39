package io.jenkins.plugins.shera.terminal.copy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One debug copy as the cluster has it.
 *
 * @param name of its pod
 * @param of the pod it was made from
 * @param container whose command is held
 * @param notes words for what is not as in the original: {@code init}, {@code shared}, {@code readonly}, {@code empty}, {@code unpinned}
 * @param command what the container would run, as the pod or else its image says; empty where neither could be asked
 * @param ends when the cluster ends it
 * @param state {@code starting}, {@code running}, {@code noshell}, {@code failed}, {@code over} or {@code going}
 * @param why the cluster's words for a state that is not good, may be empty
 */
public record DebugCopy(
        String name,
        String uid,
        String application,
        String of,
        String container,
        String image,
        String user,
        List<String> notes,
        List<String> command,
        Instant made,
        Instant ends,
        String state,
        String why) {

    /** Label that marks a copy; its value is the application. */
    public static final String LABEL = "shera.io/debug-copy";

    static final String OF = "shera.io/debug-copy-of";
    static final String CONTAINER = "shera.io/debug-copy-container";
    static final String USER = "shera.io/debug-copy-user";
    static final String NOTES = "shera.io/debug-copy-notes";
    static final String COMMAND = "shera.io/debug-copy-command";

    /** Copies lists. */
    public DebugCopy {
        notes = List.copyOf(notes);
        command = List.copyOf(command);
    }

    /** Whether it ended and can only be removed. */
    public boolean isOver() {
        return state.equals("over") || state.equals("failed") || state.equals("noshell");
    }

    static DebugCopy read(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode said = metadata.path("annotations");
        String container = said.path(CONTAINER).asText();
        Instant made = Instant.parse(metadata.path("creationTimestamp").asText("1970-01-01T00:00:00Z"));
        String started = pod.path("status").path("startTime").asText("");
        long life = pod.path("spec").path("activeDeadlineSeconds").asLong();
        String image = "";
        for (JsonNode each : pod.path("spec").path("containers")) {
            image = each.path("name").asText().equals(container)
                    ? each.path("image").asText()
                    : image;
        }
        CopyState state = CopyState.of(pod, container);
        return new DebugCopy(
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                metadata.path("labels").path(LABEL).asText(),
                said.path(OF).asText(),
                container,
                image,
                said.path(USER).asText(),
                words(said.path(NOTES).asText(), ","),
                words(said.path(COMMAND).asText(), "\n"),
                made,
                (started.isEmpty() ? made : Instant.parse(started)).plusSeconds(life),
                state.word(),
                state.why());
    }

    private static List<String> words(String text, String between) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(between)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
