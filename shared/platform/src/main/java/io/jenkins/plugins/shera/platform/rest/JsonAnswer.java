package io.jenkins.plugins.shera.platform.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A JSON object with a status, never cached. */
public final class JsonAnswer implements HttpResponse {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final ObjectNode body;

    private JsonAnswer(int status, ObjectNode body) {
        this.status = status;
        this.body = body;
    }

    /** {@code {"ok":true}} for more fields to be put into. */
    public static ObjectNode ok() {
        return JsonNodeFactory.instance.objectNode().put("ok", true);
    }

    static JsonAnswer of(ObjectNode body) {
        return new JsonAnswer(200, body);
    }

    static JsonAnswer of(Refusal refusal) {
        return new JsonAnswer(
                statusOf(refusal.kind()), error(refusal.error(), refusal.where(), refusal.why(), refusal.next()));
    }

    static JsonAnswer internal(String error, String why, String next) {
        return new JsonAnswer(500, error(error, "", why, next));
    }

    private static ObjectNode error(String error, String where, String why, String next) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("where", where)
                .put("why", why)
                .put("next", next);
    }

    private static int statusOf(Refusal.Kind kind) {
        return switch (kind) {
            case SYNTAX -> 400;
            case FORBIDDEN -> 403;
            case UNKNOWN, INPUT -> 422;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> 502;
        };
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return body;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
