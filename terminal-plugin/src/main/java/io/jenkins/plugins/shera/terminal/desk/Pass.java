package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * What one person said to be let into the containers of an environment for a while, and who agreed.
 *
 * @param user id of the person
 * @param reason in the person's words
 * @param waiting whether a second person must agree yet
 * @param by id of who agreed; empty when nobody had to, or nobody has
 * @param until when it ends: the wait, or the stay
 */
public record Pass(
        String id,
        String tenant,
        String application,
        String environment,
        String user,
        String reason,
        boolean waiting,
        String by,
        Instant until) {

    static Pass asked(
            String tenant,
            String application,
            String environment,
            String user,
            String reason,
            boolean waiting,
            Instant until) {
        String id = UUID.randomUUID().toString();
        return new Pass(id, tenant, application, environment, user, reason, waiting, "", until);
    }

    Pass approved(String person, Instant end) {
        return new Pass(id, tenant, application, environment, user, reason, false, person, end);
    }

    boolean isOf(String wantedTenant, String wantedApplication) {
        return tenant.equals(wantedTenant) && application.equals(wantedApplication);
    }

    /** As it is kept, and as REST gives it. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("tenant", tenant)
                .put("application", application)
                .put("environment", environment)
                .put("user", user)
                .put("reason", reason)
                .put("waiting", waiting)
                .put("by", by)
                .put("until", until.toString());
    }

    static Pass of(JsonNode json) {
        return new Pass(
                json.path("id").asText(),
                json.path("tenant").asText(),
                json.path("application").asText(),
                json.path("environment").asText(),
                json.path("user").asText(),
                json.path("reason").asText(),
                json.path("waiting").asBoolean(),
                json.path("by").asText(),
                Instant.parse(json.path("until").asText()));
    }
}
