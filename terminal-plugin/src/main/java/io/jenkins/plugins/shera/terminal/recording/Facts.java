package io.jenkins.plugins.shera.terminal.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.terminal.session.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a recording beside what it shows.
 *
 * @param id that of the session
 * @param owner id of the user who worked in it
 * @param columns at the beginning
 * @param rows at the beginning
 * @param ended null while it goes on
 * @param how the word for its end, {@link #CUT} when nobody saw it; empty while it goes on
 * @param exitCode of the shell, -1 when it is not known
 * @param seconds from its beginning to its end; 0 while it goes on
 * @param images references of the images that were made of its container while it went on or after it
 */
public record Facts(
        String id,
        Target target,
        String owner,
        Instant started,
        int columns,
        int rows,
        Instant ended,
        String how,
        int exitCode,
        double seconds,
        List<String> images) {

    /** Jenkins went down before the session had ended. */
    public static final String CUT = "cut";

    private static final int MOST_IMAGES = 50;

    /** Keeps its own copy of the images. */
    public Facts {
        images = List.copyOf(images);
    }

    /** One that begins. */
    public static Facts begun(String id, Target target, String owner, Instant now, int columns, int rows) {
        return new Facts(id, target, owner, now, columns, rows, null, "", -1, 0, List.of());
    }

    /** Whether it goes on, as far as its file knows. */
    public boolean isOpen() {
        return ended == null;
    }

    /** The same, over. */
    Facts over(Instant when, String code, int exit, double length) {
        return new Facts(id, target, owner, started, columns, rows, when, code, exit, length, images);
    }

    /** The same with one more image. */
    Facts with(String image) {
        List<String> more = new ArrayList<>(images);
        if (!more.contains(image) && more.size() < MOST_IMAGES) {
            more.add(image);
        }
        return new Facts(id, target, owner, started, columns, rows, ended, how, exitCode, seconds, more);
    }

    String title() {
        return target.application() + " " + target.environment() + ": " + target.pod() + "/" + target.container();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("tenant", target.tenant());
        json.put("application", target.application());
        json.put("environment", target.environment());
        json.put("namespace", target.namespace());
        json.put("pod", target.pod());
        json.put("container", target.container());
        json.put("owner", owner);
        json.put("started", started.toString());
        json.put("columns", columns);
        json.put("rows", rows);
        if (ended != null) {
            json.put("ended", ended.toString());
        }
        json.put("how", how);
        json.put("exitCode", exitCode);
        json.put("seconds", seconds);
        images.forEach(json.putArray("images")::add);
        return json;
    }

    static Facts of(JsonNode json) {
        Target target = new Target(
                json.path("tenant").asText(),
                json.path("application").asText(),
                json.path("environment").asText(),
                json.path("namespace").asText(),
                json.path("pod").asText(),
                json.path("container").asText());
        List<String> images = new ArrayList<>();
        json.path("images").forEach(each -> images.add(each.asText()));
        return new Facts(
                json.path("id").asText(),
                target,
                json.path("owner").asText(),
                Instant.parse(json.path("started").asText()),
                json.path("columns").asInt(),
                json.path("rows").asInt(),
                json.has("ended") ? Instant.parse(json.path("ended").asText()) : null,
                json.path("how").asText(),
                json.path("exitCode").asInt(-1),
                json.path("seconds").asDouble(),
                images);
    }
}
